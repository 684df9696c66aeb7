import { describe, expect, it } from '@jest/globals';
import { follow, isFollowing, whileFollowing } from './followers.ts';

describe('who follows a room', () => {
  it('is there from her first connection to her last, and what goes on for her ends with it', () => {
    const ended: string[] = [];
    expect([isFollowing('w', 'p'), whileFollowing('w', 'p', () => undefined)]).toEqual([false, undefined]);
    const [first, second] = [follow('w', 'p'), follow('w', 'p')];
    const rest = whileFollowing('w', 'p', () => ended.push('one'));
    whileFollowing('w', 'p', () => ended.push('two'));
    first();
    expect([isFollowing('w', 'p'), isFollowing('w', 'q'), isFollowing('v', 'p'), ended]).toEqual([true, false, false, []]);
    rest?.();
    second();
    expect([isFollowing('w', 'p'), ended]).toEqual([false, ['two']]);
  });

  it('has so much at once and no more, also by going and coming while it has not ended yet', () => {
    let leave = follow('w', 'another');
    const rests = Array.from({ length: 16 }, () => whileFollowing('w', 'another', () => undefined));
    expect(rests.every((rest) => rest !== undefined)).toBe(true);
    expect(whileFollowing('w', 'another', () => undefined)).toBeUndefined();
    leave();
    leave = follow('w', 'another');
    expect(whileFollowing('w', 'another', () => undefined)).toBeUndefined();
    rests[0]?.();
    expect(whileFollowing('w', 'another', () => undefined)).toBeDefined();
    leave();
    expect(isFollowing('w', 'another')).toBe(false);
  });
});
