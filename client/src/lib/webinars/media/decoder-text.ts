/** What a decoder must know, as text: its description, which is bytes, in base64. */
export const toText = ({ description, ...config }: VideoDecoderConfig | AudioDecoderConfig): string =>
	JSON.stringify({ ...config, ...(description === undefined ? {} : { description: btoa(String.fromCharCode(...bytesOf(description))) }) });

const bytesOf = (source: AllowSharedBufferSource): Uint8Array => (ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source));

interface Told {
	codec: string;
	codedWidth?: number;
	codedHeight?: number;
	description?: string;
	sampleRate?: number;
	numberOfChannels?: number;
}

/** The other way round: for sound where it says how it sounds, and for pictures. @throws SyntaxError for what is no JSON */
export function fromText(text: string): { audio: AudioDecoderConfig | undefined; video: VideoDecoderConfig } {
	const { codec, codedWidth, codedHeight, description, sampleRate, numberOfChannels } = JSON.parse(text) as Told;
	const described = description === undefined ? {} : { description: Uint8Array.from(atob(description), (letter) => letter.charCodeAt(0)) };
	return {
		audio: sampleRate && numberOfChannels ? { codec, sampleRate, numberOfChannels, ...described } : undefined,
		video: { codec, ...(codedWidth && codedHeight ? { codedWidth, codedHeight } : {}), ...described }
	};
}
