import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeProperties, encodeCommand, encodeMessage, encodeProperties, FrameReader, greeting, greetingProblem } from '../../../kernel/src/server/zmtp/frames.js';
import { Session } from '../../../kernel/src/server/session.js';

/** Reads a stream that comes in pieces of one size. */
function readAll(bytes: Buffer, piece: number): { body: string; more: boolean; command: boolean }[] {
  const reader = new FrameReader();
  const frames: { body: string; more: boolean; command: boolean }[] = [];
  for (let at = 0; at < bytes.length; at += piece) {
    reader.push(bytes.subarray(at, at + piece));
    for (let frame = reader.next(); frame; frame = reader.next()) frames.push({ body: frame.body.toString('latin1'), more: frame.more, command: frame.command });
  }
  return frames;
}

describe('ZMTP frames', () => {
  it('are the bytes that the specification shows', () => {
    expect([...encodeMessage([Buffer.from('ab'), Buffer.alloc(0)])]).toEqual([1, 2, 97, 98, 0, 0]);
    expect([...encodeMessage([Buffer.alloc(300)]).subarray(0, 9)]).toEqual([2, 0, 0, 0, 0, 0, 0, 1, 44]);
    expect([...encodeCommand('READY', encodeProperties({ A: Buffer.from('x') }))]).toEqual([4, 13, 5, ...Buffer.from('READY'), 1, 65, 0, 0, 0, 1, 120]);
  });

  it('are read whole, however the stream is cut', () => {
    const parts = [Buffer.from('head'), randomBytes(70_000), Buffer.alloc(0), Buffer.from('tail')];
    const bytes = Buffer.concat([encodeMessage(parts), encodeCommand('PING', Buffer.from([0, 1])), encodeMessage([Buffer.from('last')])]);
    for (const piece of [1, 2, 7, 9, 1000, bytes.length]) {
      const frames = readAll(bytes, piece);
      expect(frames.map((frame) => frame.body.length)).toEqual([4, 70_000, 0, 4, 7, 4]);
      expect(frames.map((frame) => frame.more)).toEqual([true, true, true, false, false, false]);
      expect(frames.map((frame) => frame.command)).toEqual([false, false, false, false, true, false]);
      expect(frames[1].body).toBe(parts[1].toString('latin1'));
    }
  });

  it('that nobody sends are refused', () => {
    const reader = new FrameReader();
    reader.push(Buffer.from([0xf8, 0]));
    expect(() => reader.next()).toThrow('bad frame flags');
    const huge = new FrameReader();
    huge.push(Buffer.from([2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));
    expect(() => huge.next()).toThrow(/frame of/);
  });

  it('greetings of other protocols are told apart', () => {
    expect(greetingProblem(greeting())).toBeUndefined();
    expect(greetingProblem(Buffer.from('GET / HTTP/1.1'.padEnd(64)))).toBe('not a ZMTP greeting');
    const curve = greeting();
    curve.write('CURVE', 12, 'latin1');
    expect(greetingProblem(curve)).toContain('CURVE');
  });

  it('properties come back, and cut ones are refused', () => {
    const bytes = encodeProperties({ 'Socket-Type': Buffer.from('DEALER'), Identity: Buffer.from([0, 255]) });
    expect(decodeProperties(bytes)).toEqual(new Map([['socket-type', Buffer.from('DEALER')], ['identity', Buffer.from([0, 255])]]));
    for (let cut = 1; cut < bytes.length; cut++) if (cut !== 22) expect(() => decodeProperties(bytes.subarray(0, cut))).toThrow();
  });
});

describe('Session', () => {
  const session = new Session('secret', 'hmac-sha256');
  const message = { type: 'status', parentHeaderJson: '{"msg_id":"p"}', contentJson: '{"execution_state":"busy"}', buffers: [Uint8Array.from([1, 2, 3])] };

  it('signs the four parts, buffers not among them', () => {
    const [delimiter, signature, ...parts] = session.encode(message);
    expect(delimiter.toString()).toBe('<IDS|MSG>');
    const hmac = createHmac('sha256', 'secret');
    for (const part of parts.slice(0, 4)) hmac.update(part);
    expect(signature.toString()).toBe(hmac.digest('hex'));
    expect(parts.length).toBe(5);
  });

  it('reads its own messages, and refuses each part that was changed', () => {
    const parts = [Buffer.from('identity'), ...session.encode(message)];
    expect(session.decode(parts)).toMatchObject({ identities: [Buffer.from('identity')], header: { msg_type: 'status', version: '5.5' }, parentHeader: { msg_id: 'p' }, content: { execution_state: 'busy' } });
    for (const index of [2, 3, 4, 5, 6]) {
      const changed = parts.map((part) => Buffer.from(part));
      changed[index][0] ^= 1;
      expect(() => session.decode(changed)).toThrow('wrong signature');
    }
  });

  it('asks for no signature when there is no key', () => {
    const open = new Session('', 'hmac-sha256');
    expect(open.decode([Buffer.from('<IDS|MSG>'), Buffer.alloc(0), ...['{"msg_id":"1","msg_type":"t"}', '{}', '{}', '{}'].map((part) => Buffer.from(part))]).header.msg_type).toBe('t');
  });
});
