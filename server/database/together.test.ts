import { describe, expect, it } from '@jest/globals';
import { together } from './together.ts';

describe('asking together', () => {
  it('makes one question of a turn, once for each key, and remembers nothing', async () => {
    const asked: string[][] = [];
    let answer = 'primo';
    const find = together<string>(async (keys) => {
      asked.push(keys);
      return new Map(keys.filter((key) => key !== 'nessuno').map((key) => [key, `${answer} ${key}`]));
    });
    expect(await Promise.all(['a', 'b', 'a', 'nessuno'].map(find))).toEqual(['primo a', 'primo b', 'primo a', undefined]);
    answer = 'secondo';
    expect(await find('a')).toBe('secondo a');
    expect(asked).toEqual([['a', 'b', 'nessuno'], ['a']]);
  });

  it('tells everybody of a failure, and asks again afterwards', async () => {
    let broken = true;
    const find = together<string>(async (keys) => {
      if (broken) throw new Error('giù');
      return new Map(keys.map((key) => [key, key]));
    });
    expect(await Promise.allSettled([find('a'), find('b')])).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    broken = false;
    expect(await find('a')).toBe('a');
  });
});
