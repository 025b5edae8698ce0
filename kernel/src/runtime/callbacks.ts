import crypto from 'node:crypto';
import dns from 'node:dns';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';

/** A function of any arguments, as it is called by Node. */
type Callback = (this: unknown, ...values: unknown[]) => unknown;
/** Makes a function part of the cell that is running; gives it back as it is when there is none. */
export type Bind = (work: Callback) => Callback;
type Functions = Record<string, Callback | undefined>;

/** Functions of `node:crypto` whose last argument is called back. */
const CRYPTO = ['randomBytes', 'randomFill', 'randomInt', 'pbkdf2', 'scrypt', 'hkdf', 'generateKey', 'generateKeyPair', 'generatePrime', 'checkPrime'];
const DNS = ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCname', 'resolveMx', 'resolveNs', 'resolveTxt', 'resolveSrv', 'reverse'];

/**
 * What Node calls back from outside of promises and timers (events, streams,
 * files, messages of workers) belongs to the cell that handed the function over.
 */
export function wrapCallbacks(bind: Bind): void {
  wrapEmitters(bind);
  wrapEventTargets(bind);
  wrapLastArguments(fs as unknown as Functions, Object.keys(fs).filter((name) => `${name}Sync` in fs), bind);
  wrapLastArguments(crypto as unknown as Functions, CRYPTO, bind);
  wrapLastArguments(dns as unknown as Functions, DNS, bind);
  for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const) Object.assign(timers, { [name]: globalThis[name] });
  syncBuiltinESMExports();
}

interface Listener extends Callback {
  /** What Node compares with when a listener is removed. */
  listener?: Callback;
  [OWNED]?: true;
}

const OWNED = Symbol('owned');

function owned(bind: Bind, listener: Listener): Listener {
  const bound: Listener = bind(listener);
  if (bound === listener || listener[OWNED]) return listener;
  bound.listener = listener.listener ?? listener;
  bound[OWNED] = true;
  return bound;
}

function wrapEmitters(bind: Bind): void {
  const { prototype } = EventEmitter as unknown as { prototype: Functions };
  for (const name of ['on', 'addListener', 'prependListener']) {
    const original = prototype[name]!;
    replace(prototype, name, function (type, listener) {
      return original.call(this, type, typeof listener === 'function' ? owned(bind, listener as Listener) : listener);
    });
  }
  for (const [name, add] of [['once', 'on'], ['prependOnceListener', 'prependListener']] as const) {
    const original = prototype[name]!;
    replace(prototype, name, function (this: unknown, type, listener) {
      const bound = typeof listener === 'function' ? owned(bind, listener as Listener) : undefined;
      if (bound === undefined || bound === listener) return original.call(this, type, listener);
      const emitter = this as Functions;
      const once: Listener = function (this: unknown, ...values) {
        emitter.removeListener!(type, once);
        return bound.apply(this, values);
      };
      once.listener = listener as Callback;
      once[OWNED] = true;
      return emitter[add]!(type, once);
    });
  }
}

function wrapEventTargets(bind: Bind): void {
  const prototype = EventTarget.prototype as unknown as Functions;
  const wrappers = new WeakMap<object, Callback>();
  const add = prototype.addEventListener!;
  const remove = prototype.removeEventListener!;
  replace(prototype, 'addEventListener', function (type, listener, ...rest) {
    if (typeof listener !== 'function') return add.call(this, type, listener, ...rest);
    let wrapper = wrappers.get(listener);
    if (!wrapper) {
      wrapper = bind(listener as Callback);
      if (wrapper !== listener) wrappers.set(listener, wrapper);
    }
    return add.call(this, type, wrapper, ...rest);
  });
  replace(prototype, 'removeEventListener', function (type, listener, ...rest) {
    const wrapper = typeof listener === 'function' ? wrappers.get(listener) : undefined;
    if (wrapper) remove.call(this, type, wrapper, ...rest);
    return remove.call(this, type, listener, ...rest);
  });
}

function wrapLastArguments(module: Functions, names: readonly string[], bind: Bind): void {
  for (const name of names) {
    const original = module[name];
    if (typeof original !== 'function') continue;
    replace(module, name, function (...values) {
      const last = values[values.length - 1];
      if (typeof last === 'function') values[values.length - 1] = bind(last as Callback);
      return original.apply(this, values);
    });
  }
}

/** Puts a function in the place of another, with its name, length and what util.promisify looks for. */
function replace(holder: Functions, name: string, by: Callback): void {
  const original = holder[name]!;
  for (const key of Reflect.ownKeys(original)) {
    const known = Object.getOwnPropertyDescriptor(by, key);
    if (!known || known.configurable) Object.defineProperty(by, key, Object.getOwnPropertyDescriptor(original, key)!);
  }
  Object.defineProperty(holder, name, { ...Object.getOwnPropertyDescriptor(holder, name)!, value: by });
}
