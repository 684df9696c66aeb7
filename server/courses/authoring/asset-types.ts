/** The files a course may carry, by ending: the type they are served with and how their content must begin. */
interface AssetType {
  type: string;
  looksRight(bytes: Buffer): boolean;
}

const startsWith = (...signatures: (string | number[])[]) => (bytes: Buffer) =>
  signatures.some((signature) => bytes.subarray(0, signature.length).equals(typeof signature === 'string' ? Buffer.from(signature, 'latin1') : Buffer.from(signature)));

/** An image and nothing else: no script, no handler, nothing fetched from elsewhere. */
function isHarmlessSvg(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  return /<svg[\s>]/i.test(text) && !/<script|<foreignObject|<iframe|<!ENTITY|\son\w+\s*=|javascript:|(?:href|src)\s*=\s*["']\s*(?:https?:)?\/\/|url\(\s*["']?\s*(?:https?:)?\/\//i.test(text);
}

const TYPES: Record<string, AssetType> = {
  svg: { type: 'image/svg+xml', looksRight: isHarmlessSvg },
  png: { type: 'image/png', looksRight: startsWith([0x89, 0x50, 0x4e, 0x47]) },
  jpg: { type: 'image/jpeg', looksRight: startsWith([0xff, 0xd8, 0xff]) },
  jpeg: { type: 'image/jpeg', looksRight: startsWith([0xff, 0xd8, 0xff]) },
  webp: { type: 'image/webp', looksRight: (bytes) => startsWith('RIFF')(bytes) && bytes.subarray(8, 12).toString('latin1') === 'WEBP' },
  webm: { type: 'video/webm', looksRight: startsWith([0x1a, 0x45, 0xdf, 0xa3]) },
  mp4: { type: 'video/mp4', looksRight: (bytes) => bytes.subarray(4, 8).toString('latin1') === 'ftyp' },
  vtt: { type: 'text/vtt; charset=utf-8', looksRight: startsWith('WEBVTT', [0xef, 0xbb, 0xbf, 0x57, 0x45, 0x42, 0x56, 0x54, 0x54]) },
  pdf: { type: 'application/pdf', looksRight: startsWith('%PDF-') },
};

export const ASSET_ENDINGS = Object.keys(TYPES);

/** The type of a file by its ending; undefined when courses may not carry it. */
export function assetType(name: string): AssetType | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(TYPES, ending) ? TYPES[ending] : undefined;
}
