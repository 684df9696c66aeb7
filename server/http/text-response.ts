/** A response whose text never becomes a stream of bytes: a page being rendered asks several times, and reads each answer as text. */
export class TextResponse extends Response {
  readonly #text: string;

  constructor(text: string, init: ResponseInit) {
    super(null, init);
    this.#text = text;
  }

  override readonly text = async (): Promise<string> => this.#text;

  override readonly json = async (): Promise<unknown> => JSON.parse(this.#text) as unknown;
}
