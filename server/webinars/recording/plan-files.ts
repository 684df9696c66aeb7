import type { DecoderConfig, Packet } from './read-media.ts';
import type { Span } from './recording.ts';

/** Moments of sound or picture so near each other, in ms, are one span. */
const JOINED_MS = 2500;
/** How long a picture lasts that nothing follows. */
const LAST_PICTURE_US = 100_000;

/** A picture that a file begins with, and shows where there is none. */
export interface Still {
  data: Uint8Array;
  config: DecoderConfig;
}

/** One file to be made: what somebody's camera and microphone gave, or her screen. */
export interface FilePlan {
  key: string;
  kind: 'camera' | 'screen' | 'audio';
  personId: string;
  still: Still | undefined;
  hasSound: boolean;
  sound: DecoderConfig | undefined;
  seen: Span[];
  heard: Span[];
}

export interface Plan {
  files: FilePlan[];
  /** Microseconds of the recording's clock. */
  end: number;
  gaps: Span[];
}

const familyOf = (codec: string): string => (/^(avc1|avc3)/.test(codec) ? 'avc' : /^(vp09|vp9)/.test(codec) ? 'vp9' : codec);
/** What one file can hold: an H.264 file has one size, VP8 and VP9 say the size in each key frame. */
const pictureKey = ({ personId, kind, config }: Packet): string => {
  const family = familyOf(config.codec);
  return `${personId}/${kind}/${family}${family === 'avc' ? `/${config.codedWidth}x${config.codedHeight}` : ''}`;
};

/** By which of the files a packet goes: sound to the first that shows the person who speaks, else to one of its own. */
export function fileOf(plan: Plan, packet: Packet): FilePlan | undefined {
  if (packet.kind !== 'audio') return plan.files.find(({ key }) => key === pictureKey(packet));
  return plan.files.find(({ personId, hasSound }) => hasSound && personId === packet.personId);
}

/** Looks through what the logs have: which files there will be, what each begins with, and when something is to be seen and heard. */
export async function planFiles(media: AsyncIterable<Packet | { what: 'gap'; from: number; to: number }>): Promise<Plan> {
  const pictures = new Map<string, FilePlan>();
  const voices = new Map<string, { sound: DecoderConfig; heard: Span[] }>();
  const gaps: Span[] = [];
  const streams = new Map<string, string>();
  let end = 0;
  for await (const packet of media) {
    if (packet.what === 'gap') {
      gaps.push([packet.from, packet.to]);
      continue;
    }
    if (packet.at < 0) continue;
    if (packet.kind === 'audio') {
      if (packet.config.codec !== 'opus') continue;
      const voice = voices.get(packet.personId) ?? { sound: packet.config, heard: [] };
      voices.set(packet.personId, voice);
      extend(voice.heard, packet.at, packet.at + packet.length);
      end = Math.max(end, packet.at + packet.length);
      continue;
    }
    const key = pictureKey(packet);
    if (packet.key) streams.set(key, packet.stream);
    // Nobody can decode what comes before a key frame
    else if (streams.get(key) !== packet.stream) continue;
    const file = pictures.get(key) ?? { key, kind: packet.kind, personId: packet.personId, still: { data: Uint8Array.from(packet.data), config: packet.config }, hasSound: false, sound: undefined, seen: [], heard: [] };
    pictures.set(key, file);
    extend(file.seen, packet.at, packet.at + LAST_PICTURE_US);
    end = Math.max(end, packet.at + LAST_PICTURE_US);
  }
  const files = [...pictures.values()];
  for (const [personId, { sound, heard }] of voices) {
    const shown = files.find((file) => file.personId === personId && file.kind === 'camera');
    if (shown) Object.assign(shown, { hasSound: true, sound, heard });
    else files.push({ key: `${personId}/audio`, kind: 'audio', personId, still: undefined, hasSound: true, sound, seen: [], heard });
  }
  // Whoever speaks longest keeps the time for the others
  files.sort((a, b) => total(b.heard) - total(a.heard) || total(b.seen) - total(a.seen));
  return { files, end, gaps };
}

function extend(spans: Span[], fromUs: number, toUs: number): void {
  const [from, to] = [Math.round(fromUs / 1000), Math.round(toUs / 1000)];
  const last = spans.at(-1);
  if (last && from - last[1] <= JOINED_MS) last[1] = Math.max(last[1], to);
  else spans.push([from, to]);
}

const total = (spans: readonly Span[]): number => spans.reduce((sum, [from, to]) => sum + to - from, 0);
