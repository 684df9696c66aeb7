export interface Chunk {
  kind: 'camera' | 'screen' | 'audio';
  key: boolean;
  /** Microseconds. */
  at: number;
  base64: string;
}
export function encode(of: { seconds: number; slides: { title: string; lines: string[] }[] }): Promise<Chunk[]>;
