/** Around what was found, in what PostgreSQL returns. No text of ours contains them: cleanMarkup takes control characters away. */
export const HIT = { start: '\u0001', stop: '\u0002' };

/** So much of a long text is looked through for an excerpt. */
const LOOKED_THROUGH = 20_000;

/** The parts of a text that say what was asked for, as SQL. */
export const excerptIn = (text: string, query: string): string =>
  `ts_headline('italian_plain', left(${text}, ${LOOKED_THROUGH}), ${query}, 'StartSel=${HIT.start}, StopSel=${HIT.stop}, MaxWords=40, MinWords=20, MaxFragments=2, FragmentDelimiter=" … "')`;

/** The parts of an excerpt, alternately not found and found. */
export function partsOf(excerpt: string): { text: string; hit: boolean }[] {
  return excerpt.split(HIT.start).flatMap((piece, index) => {
    const [found = '', after = ''] = index === 0 ? ['', piece] : piece.split(HIT.stop);
    return [{ text: found, hit: true }, { text: after, hit: false }].filter(({ text }) => text !== '');
  });
}
