import { describe, expect, it } from '@jest/globals';
import { FLAG, type FrameHeader, KIND, readAcknowledgement, readHeader, unbundle, bundle, writeAcknowledgement, writeFrame } from '../../contract/media-frame.ts';
import { Capacity } from './capacity.ts';
import { LineClock } from './line-clock.ts';
import { Ladder, RUNG } from './ladder.ts';
import { Track } from './track.ts';
import { Round } from './round.ts';
import { Viewer } from './viewer.ts';
import { webSocketFrame } from './web-socket-frame.ts';

describe('the ladder', () => {
  it('goes down at once and up one rung at a time', () => {
    const ladder = new Ladder(0);
    ladder.observe(100, 260);
    expect(ladder.rung).toBe(RUNG.noTopLayer);
    ladder.observe(200, 350);
    expect(ladder.rung).toBe(RUNG.small);
    ladder.observe(300, 500);
    expect(ladder.rung).toBe(RUNG.still);
    ladder.observe(400, 1600);
    expect(ladder.rung).toBe(RUNG.sound);
    // The way is clear: video after two seconds, more only after five each
    ladder.observe(500, 50);
    ladder.observe(2400, 50);
    expect(ladder.rung).toBe(RUNG.sound);
    ladder.observe(2600, 50);
    expect(ladder.rung).toBe(RUNG.small);
    ladder.observe(7500, 50);
    expect(ladder.rung).toBe(RUNG.small);
    ladder.observe(7700, 50);
    expect(ladder.rung).toBe(RUNG.noTopLayer);
    ladder.observe(12_800, 50);
    expect(ladder.rung).toBe(RUNG.everything);
  });

  it('waits twice as long after a climb that failed', () => {
    const ladder = new Ladder(0);
    ladder.observe(0, 350);
    ladder.observe(5100, 10);
    expect(ladder.rung).toBe(RUNG.noTopLayer);
    ladder.observe(6000, 350);
    expect(ladder.rung).toBe(RUNG.small);
    ladder.observe(11_500, 10);
    expect(ladder.rung).toBe(RUNG.small);
    ladder.observe(16_100, 10);
    expect(ladder.rung).toBe(RUNG.noTopLayer);
  });

  it('stays where the viewer wants to be', () => {
    const ladder = new Ladder(0);
    ladder.wanted = RUNG.small;
    ladder.observe(100, 0);
    expect(ladder.rung).toBe(RUNG.small);
    ladder.observe(60_000, 0);
    expect(ladder.rung).toBe(RUNG.small);
    ladder.wanted = RUNG.everything;
    ladder.observe(66_000, 0);
    expect(ladder.rung).toBe(RUNG.noTopLayer);
  });
});

describe('the time by which lines are judged', () => {
  it('goes on with the clock, and not while the process stands still', () => {
    let real = 1000;
    const clock = new LineClock(() => real);
    const after = (ms: number) => ((real += ms), clock.now());
    expect([after(100), after(90), after(300)]).toEqual([1100, 1190, 1490]);
    // As much as passes anyway between two looks
    expect([after(2100), after(50)]).toEqual([1590, 1640]);
  });
});

describe('how wide a line is', () => {
  it('shows while something waits on it all the time, and is then not climbed beyond until it is forgotten', () => {
    const capacity = new Capacity();
    expect(capacity.bears(1000, 0)).toBe(true);
    // Nothing waits: what arrives is what was sent, no more is known
    for (let now = 0; now <= 2000; now += 200) capacity.arrived(1000, 0, now);
    expect(capacity.bears(1000, 2000)).toBe(true);
    for (let now = 2200; now <= 3200; now += 200) capacity.arrived(5000, 300, now);
    expect([capacity.bears(24, 3200), capacity.bears(23, 3200)]).toEqual([false, true]);
    expect([capacity.bears(24, 63_000), capacity.bears(24, 63_300)]).toEqual([false, true]);
  });

  it('keeps the ladder where the next rung would not fit', () => {
    const ladder = new Ladder(0);
    ladder.observe(0, 350);
    const narrow = (rung: number) => rung >= RUNG.small;
    for (let now = 0; now <= 30_000; now += 100) ladder.observe(now, 0, narrow);
    expect(ladder.rung).toBe(RUNG.small);
    ladder.observe(30_100, 0, () => true);
    expect(ladder.rung).toBe(RUNG.noTopLayer);
  });
});

/** A camera in two sizes, and a viewer whose every frame is noted. */
function stage() {
  const asked: number[] = [];
  const track = new Track(7, 'camera', 'somebody', [{ spatial: 0, codec: 'vp8', width: 320, height: 180 }, { spatial: 1, codec: 'vp8', width: 640, height: 360 }], (spatial) => asked.push(spatial));
  for (const spatial of [0, 1]) track.configure({ spatial, config: 1, decoderConfig: '{}' });
  const written: FrameHeader[] = [];
  const told: string[] = [];
  let closed = '';
  const viewer = new Viewer({
    write: (wire) => written.push(readHeader(wire.subarray(wire.length < 128 ? 2 : wire.length < 65_540 ? 4 : 10)) ?? fail()),
    configure: (id, { spatial, config }) => told.push(`${id}/${spatial}/${config}`),
    rung: (rung) => told.push(`rung ${rung}`),
    close: (reason) => (closed = reason),
  }, 0);
  const seq = new Map<number, number>();
  const send = (spatial: number, flags: number, now: number, size = 100) => {
    seq.set(spatial, (seq.get(spatial) ?? 0) + 1);
    const header = { kind: KIND.camera, flags, layer: spatial << 4, track: 7, config: 1, seq: seq.get(spatial) ?? 0, group: 1, pts: now * 1000 };
    const bytes = writeFrame(header, new Uint8Array(size));
    expect(track.admit(header, bytes.byteLength, now)).toBeUndefined();
    const wire = webSocketFrame(bytes);
    track.keep(header, wire);
    viewer.round(new Round([{ track, header, wire }]), now);
  };
  const acknowledge = (now: number, rung = 0) => {
    const rows = new Map<number, number>();
    for (const { layer, seq: at } of written) rows.set(layer >> 4, at);
    viewer.acknowledge({ rung, received: [...rows].map(([spatial, at]) => ({ track: 7, spatial, seq: at })) }, now);
  };
  return { track, viewer, written, told, asked, send, acknowledge, closed: () => closed };
}

function fail(): never {
  throw new Error('no frame');
}

describe('a screen that stands still', () => {
  /** Still pictures in parts of a kilobyte. */
  function stills() {
    const asked: number[] = [];
    const still = new Track(8, 'still', 'somebody', [{ spatial: 0, codec: 'still', width: 960, height: 540 }], () => asked.push(8));
    const written: FrameHeader[] = [];
    const viewer = new Viewer({ write: (wire) => written.push(readHeader(wire.subarray(wire.length < 128 ? 2 : wire.length < 65_540 ? 4 : 10)) ?? fail()), configure: () => undefined, rung: () => undefined, close: () => undefined }, 0);
    let seq = 0;
    const part = (group: number, isFirst: boolean, now: number) => {
      seq += 1;
      const header = { kind: KIND.still, flags: isFirst ? FLAG.key : 0, layer: 0, track: 8, config: 3, seq, group, pts: now * 1000 };
      const bytes = writeFrame(header, new Uint8Array(1000));
      expect(still.admit(header, bytes.byteLength, now)).toBeUndefined();
      const wire = webSocketFrame(bytes);
      still.keep(header, wire);
      viewer.round(new Round([{ track: still, header, wire }]), now);
    };
    return {
      viewer, still, asked, part,
      wants: (rung: number, now: number) => viewer.acknowledge({ rung, received: written.slice(-1).map(({ track, seq: at }) => ({ track, spatial: 0, seq: at })) }, now),
      groups: () => written.map(({ group }) => group),
    };
  }

  it('comes in pictures to who gets no moving ones, and is asked for as long as somebody does', () => {
    const { viewer, still, asked, part, wants, groups } = stills();
    viewer.watch(still, 3, 0);
    part(1, true, 10);
    expect([groups(), asked]).toEqual([[], []]);
    wants(RUNG.still, 100);
    expect(asked).toEqual([8]);
    part(2, false, 120);
    for (const isFirst of [true, false, false]) part(3, isFirst, 150);
    // What began before she came to it is of no use to her
    expect(groups()).toEqual([3, 3, 3]);
    wants(RUNG.still, 300);
    wants(RUNG.still, 2000);
    expect(asked).toEqual([8]);
    wants(RUNG.still, 4200);
    expect(asked).toEqual([8, 8]);
    wants(RUNG.everything, 4300);
    for (let now = 4400; viewer.rung >= RUNG.still; now += 200) wants(RUNG.everything, now);
    part(4, true, 9000);
    expect(groups()).toEqual([3, 3, 3]);
    // Heard alone, it is not seen either
    wants(RUNG.sound, 9100);
    part(5, true, 9200);
    expect(groups()).toEqual([3, 3, 3]);
  });

  it('is left out whole where a part of it would make a voice wait', () => {
    const { viewer, still, part, wants, groups } = stills();
    viewer.watch(still, 3, 0);
    wants(RUNG.still, 100);
    for (let i = 0; i < 20; i += 1) part(1, i === 0, 150 + i);
    const first = groups().length;
    expect(first).toBeGreaterThan(5);
    expect(first).toBeLessThan(15);
    // All of it has arrived: the picture that has a hole is not gone on with, the next one is
    wants(RUNG.still, 200);
    part(1, false, 210);
    expect(groups()).toHaveLength(first);
    part(2, true, 220);
    expect(groups().at(-1)).toBe(2);
  });
});

describe('what a viewer gets', () => {
  it('begins with the small picture that is kept, and goes over to the large one at its next key frame', () => {
    const { track, viewer, written, told, send } = stage();
    send(0, FLAG.key, 0);
    send(1, FLAG.key, 0);
    send(0, 0, 80);
    viewer.watch(track, 3, 100);
    expect(written.map(({ layer, seq }) => [layer >> 4, seq])).toEqual([[0, 1], [0, 2]]);
    expect(told).toEqual(['7/0/1']);
    send(1, 0, 110);
    send(0, 0, 160);
    send(1, FLAG.key, 200);
    send(0, 0, 240);
    send(1, 0, 250);
    expect(written.map(({ layer, seq }) => [layer >> 4, seq]).slice(2)).toEqual([[0, 3], [1, 3], [1, 4]]);
  });

  it('sends what is kept once, however often it is asked for', () => {
    const { track, viewer, written, send } = stage();
    send(0, FLAG.key, 0);
    for (const at of [10, 20, 30]) viewer.watch(track, 3, at);
    expect(written).toHaveLength(1);
  });

  it('never has more on the way than can be kept count of, sound neither', () => {
    const { viewer, written } = stage();
    const voice = new Track(9, 'audio', 'somebody', [{ spatial: 0, codec: 'opus', width: 0, height: 0 }], () => undefined);
    viewer.watch(voice, 0, 0);
    for (let seq = 1; seq <= 2000; seq += 1) {
      const header = { kind: KIND.audio, flags: 0, layer: 0, track: 9, config: 1, seq, group: 0, pts: 0 };
      viewer.round(new Round([{ track: voice, header, wire: webSocketFrame(writeFrame(header, new Uint8Array(1))) }]), seq / 10);
    }
    expect(written).toHaveLength(1024);
  });

  it('writes what goes out in one round at once, but a new configuration between what was before it and what needs it', () => {
    const writes: Buffer[] = [];
    const viewer = new Viewer({ write: (wire) => void writes.push(wire), configure: () => void writes.push(Buffer.from('configured')), rung: () => undefined, close: () => undefined }, 0);
    const [voice, camera] = [new Track(1, 'audio', 'somebody', [{ spatial: 0, codec: 'opus', width: 0, height: 0 }], () => undefined), new Track(2, 'camera', 'somebody', [{ spatial: 0, codec: 'vp8', width: 320, height: 180 }], () => undefined)];
    for (const track of [voice, camera]) {
      track.configure({ spatial: 0, config: 1, decoderConfig: '{}' });
      viewer.watch(track, 0, 0);
    }
    const frame = (track: Track, seq: number) => {
      const header = { kind: KIND[track.kind], flags: FLAG.key, layer: 0, track: track.id, config: 1, seq, group: 1, pts: 0 };
      return { track, header, wire: webSocketFrame(writeFrame(header, new Uint8Array([seq]))) };
    };
    const [one, two, three, four] = [frame(voice, 1), frame(camera, 1), frame(voice, 2), frame(camera, 2)];
    viewer.round(new Round([one, two, three]), 1);
    expect(writes.map((bytes) => bytes.toString('latin1'))).toEqual(['configured', one.wire.toString('latin1'), 'configured', Buffer.concat([two.wire, three.wire]).toString('latin1')]);
    const round = new Round([three, four]);
    viewer.round(round, 2);
    // The same bytes for all who get the same, not a copy each
    expect(writes.at(-1)).toBe(round.wire(0b11));
    viewer.leave(1);
    viewer.round(new Round([three, four]), 3);
    expect(writes.at(-1)).toBe(four.wire);
  });

  it('asks for a key frame where nothing is kept, once a second for all', () => {
    const { track, viewer, asked } = stage();
    viewer.watch(track, 3, 0);
    viewer.leave(7);
    viewer.watch(track, 3, 500);
    expect(asked).toEqual([0]);
    viewer.leave(7);
    viewer.watch(track, 3, 1100);
    expect(asked).toEqual([0, 0]);
  });

  it('leaves out the upper temporal layer, then the large picture, then all pictures, as acknowledgements grow late', () => {
    const { track, viewer, written, send, acknowledge } = stage();
    send(0, FLAG.key, 0);
    send(1, FLAG.key, 0);
    viewer.watch(track, 3, 0);
    send(1, FLAG.key, 10);
    acknowledge(20);
    send(1, 0, 50);
    viewer.look(540);
    const before = written.length;
    send(1, FLAG.discardable, 550);
    expect(written).toHaveLength(before);
    send(1, 0, 560);
    expect(written).toHaveLength(before + 1);
    viewer.look(600);
    expect(viewer.rung).toBe(RUNG.small);
    send(0, FLAG.key, 610);
    send(1, 0, 620);
    expect(written.at(-1)?.layer).toBe(0);
    viewer.look(900);
    expect(viewer.rung).toBe(RUNG.still);
    send(0, FLAG.key, 910);
    expect(written.at(-1)?.pts).toBe(610_000);
  });

  it('lets the small picture move as it should, until even that waits', () => {
    const { track, viewer, written, send, acknowledge } = stage();
    send(0, FLAG.key, 0);
    viewer.watch(track, 3, 0);
    acknowledge(50, RUNG.small);
    send(0, FLAG.discardable, 100);
    expect(written).toHaveLength(2);
    acknowledge(150, RUNG.small);
    send(0, 0, 200);
    send(0, FLAG.discardable, 600);
    expect(written).toHaveLength(3);
    send(0, 0, 610);
    expect(written).toHaveLength(4);
  });

  it('goes over to the small picture when the large one no longer comes, and back when it does', () => {
    const { track, viewer, written, asked, send, acknowledge } = stage();
    for (const spatial of [0, 1]) send(spatial, FLAG.key, 0);
    viewer.watch(track, 3, 0);
    send(1, FLAG.key, 10);
    acknowledge(20);
    const layers = () => written.map(({ layer }) => layer >> 4);
    expect(layers().at(-1)).toBe(1);
    // The publisher's line is slow: the large size stops
    send(0, 0, 1000);
    send(0, FLAG.key, 1400);
    expect(layers().at(-1)).toBe(1);
    send(0, 0, 1600);
    expect(asked).toContain(0);
    send(0, FLAG.key, 1650);
    send(0, 0, 1700);
    expect(layers().slice(-2)).toEqual([0, 0]);
    acknowledge(1750);
    send(1, FLAG.key, 1800);
    send(0, 0, 1850);
    expect(layers().at(-1)).toBe(1);
  });

  it('is on time where what was sent bears a later moment than the one in which it is looked at', () => {
    const { track, viewer, send } = stage();
    send(0, FLAG.key, 1000);
    viewer.watch(track, 3, 1000);
    expect(viewer.look(999)).toBe(true);
    expect(viewer.rung).toBe(RUNG.everything);
  });

  it('is given up after eight seconds without a word, and not where she has everything', () => {
    const { track, viewer, send, acknowledge, closed } = stage();
    send(0, FLAG.key, 0);
    viewer.watch(track, 3, 0);
    acknowledge(50);
    expect(viewer.look(60_000)).toBe(true);
    // A long silence of the presenter is not the viewer's: her first frame finds her there
    send(0, FLAG.key, 60_010);
    expect(viewer.look(60_110)).toBe(true);
    expect(viewer.look(67_900)).toBe(true);
    expect(viewer.look(68_100)).toBe(false);
    expect(closed()).toBe('silent');
  });

  it('gets no picture beyond what the way holds, and begins again with a key frame', () => {
    const { track, viewer, written, send, acknowledge } = stage();
    send(1, FLAG.key, 0);
    viewer.watch(track, 3, 0);
    send(1, FLAG.key, 10, 60_000);
    send(1, 0, 20, 10_000);
    const before = written.length;
    send(1, 0, 30, 100);
    expect(written).toHaveLength(before);
    acknowledge(60);
    send(1, 0, 70, 100);
    expect(written).toHaveLength(before);
    send(1, FLAG.key, 80, 100);
    expect(written).toHaveLength(before + 1);
  });
});

describe('a track', () => {
  const header = (changes: Partial<FrameHeader>): FrameHeader => ({ kind: KIND.camera, flags: 0, layer: 0, track: 7, config: 1, seq: 1, group: 1, pts: 0, ...changes });

  it('refuses what is not its own, and counts on after 2^32', () => {
    const { track } = stage();
    expect(track.admit(header({ kind: KIND.audio }), 100, 0)).toBe('wrong-kind');
    expect(track.admit(header({ layer: 0x20 }), 100, 0)).toBe('unknown-layer');
    expect(track.admit(header({}), 600 * 1024, 0)).toBe('too-large');
    expect(track.admit(header({ seq: 0xffffffff }), 100, 0)).toBeUndefined();
    expect(track.admit(header({ seq: 0 }), 100, 0)).toBeUndefined();
    expect(track.admit(header({ seq: 0 }), 100, 0)).toBe('out-of-order');
    expect(track.admit(header({ seq: 0xfffffff0 }), 100, 0)).toBe('out-of-order');
    // A configuration that was not told: nobody could decode it
    expect(track.admit(header({ seq: 1, config: 2 }), 100, 0)).toBe('skip');
  });

  it('refuses more than any camera sends', () => {
    const { track } = stage();
    const verdicts = Array.from({ length: 200 }, (_, i) => track.admit(header({ seq: i + 1 }), 100, 10));
    expect(verdicts.filter((verdict) => verdict === 'too-much').length).toBeGreaterThan(0);
    expect(track.admit(header({ seq: 1000 }), 100, 2000)).toBeUndefined();
  });

  it('keeps no long group, but every key frame', () => {
    const { track, send } = stage();
    send(0, FLAG.key, 0, 300 * 1024);
    expect(track.cached(0)).toHaveLength(1);
    send(0, FLAG.key, 10, 100 * 1024);
    send(0, 0, 20, 200 * 1024);
    expect(track.cached(0)).toHaveLength(0);
    send(0, FLAG.key, 30);
    send(0, 0, 40);
    expect(track.cached(0)).toHaveLength(2);
  });
});

describe('the bytes', () => {
  it('come back as they went', () => {
    const header: FrameHeader = { kind: KIND.screen, flags: 33, layer: 0x11, track: 65_535, config: 3, seq: 0xffffffff, group: 12, pts: 1.7e15 };
    const frame = writeFrame(header, Uint8Array.of(1, 2, 3));
    expect(readHeader(frame)).toEqual(header);
    expect(readHeader(frame.subarray(0, 23))).toBeUndefined();
    expect(readHeader(Uint8Array.of(2, ...frame.subarray(1)))).toBeUndefined();
    const chunks = [Uint8Array.of(1), new Uint8Array(300), Uint8Array.of()];
    expect(unbundle(bundle(chunks))).toEqual(chunks);
    expect(unbundle(Uint8Array.of(5, 0, 1))).toBeUndefined();
    const ack = { rung: 2, received: [{ track: 3, spatial: 1, seq: 9 }] };
    expect(readAcknowledgement(writeAcknowledgement(ack))).toEqual(ack);
    expect(readAcknowledgement(writeAcknowledgement(ack).subarray(1))).toBeUndefined();
  });
});
