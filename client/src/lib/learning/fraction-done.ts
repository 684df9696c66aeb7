import type { Progress } from '$contract/learning.ts';

/** The part that is done, rounded down to whole hundredths: only who has done all sees 100 %. */
export const fractionDone = ({ minutes, minutesDone }: Progress): number => (minutes > 0 ? Math.floor((minutesDone / minutes) * 100) / 100 : 0);
