// The wire protocol of a market, written from docs/wire.md alone: the codec, hashes, signatures, receipts, and a
// connection that asks and is answered. Messages are arrays, as the document lists them.
import { webcrypto } from "node:crypto";
import { decode as unpack, encode as pack } from "@msgpack/msgpack";
import WebSocket from "ws";

const { subtle } = webcrypto;
const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const ascii = new TextEncoder();

export const hex = (bytes) => Buffer.from(bytes).toString("hex");
export const bytesOf = (text) => new Uint8Array(Buffer.from(text, "hex"));
export const same = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;

// --- Section 2: values ---------------------------------------------------------------------------------------------

/** An integer as the codec wants it: BigInt only where 32 bits do not hold it. */
function canonical(value) {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value === "bigint") return value < 2n ** 32n && value >= -(2n ** 31n) ? Number(value) : value;
  if (typeof value !== "number") return value ?? null;
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no integer; use BigInt for large ones.`);
  return value >= 2 ** 32 || value < -(2 ** 31) ? BigInt(value) : value;
}

export const encode = (value) => pack(canonical(value), { useBigInt64: true });
export const decode = (bytes) => unpack(bytes, { useBigInt64: true });

/** A UUID version 7 of a moment in milliseconds (RFC 9562). */
export function uuid7(now) {
  const id = webcrypto.getRandomValues(new Uint8Array(16));
  new DataView(id.buffer).setBigUint64(0, (BigInt(now) << 16n) | 0x7000n | BigInt(((id[6] << 8) | id[7]) & 0x0fff));
  id[8] = (id[8] & 0x3f) | 0x80;
  return id;
}

/** Spans and times are ticks of 100 ns; times count from year 1. */
export const seconds = (count) => BigInt(count) * 10_000_000n;
const ticksAt1970 = 621_355_968_000_000_000n;
export const millisecondsOf = (ticks) => Number((BigInt(ticks) - ticksAt1970) / 10_000n);

/** A currency: three letters, then the number of decimals. */
export const currency = (letters, decimals) =>
  ((letters.charCodeAt(0) << 24) | (letters.charCodeAt(1) << 16) | (letters.charCodeAt(2) << 8) | decimals) >>> 0;

// --- Section 4: signatures, hashes, receipts -----------------------------------------------------------------------

export class Key {
  static async create() {
    const pair = await subtle.generateKey(ecdsa, true, ["sign", "verify"]);
    return new Key(pair.privateKey, new Uint8Array(await subtle.exportKey("spki", pair.publicKey)));
  }

  /** From the private key's PKCS#8 and the public key's SubjectPublicKeyInfo. */
  static async import(pkcs8, spki) {
    return new Key(await subtle.importKey("pkcs8", pkcs8, ecdsa, false, ["sign"]), spki);
  }

  constructor(privateKey, publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  async sign(payload) {
    return new Uint8Array(await subtle.sign(ecdsa, this.privateKey, payload));
  }
}

export const sha256 = async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes));
export const payloadOf = (purpose, market, content) =>
  new Uint8Array(Buffer.concat([ascii.encode(purpose), market, Uint8Array.of(1), content]));

export async function verify(spki, payload, signature) {
  const key = await subtle.importKey("spki", spki, ecdsa, true, ["verify"]);
  return subtle.verify(ecdsa, key, signature, payload);
}

/** terms = [outcome, total, labels]; subject as event 400 has it. */
export const termsForm = (market, negotiation, subject, terms) => encode([
  "market.terms.v1", market, negotiation, subject[0], subject[1], subject[2], subject[3], subject[4][0],
  [terms[0], terms[1], terms[2] ?? []],
]);

/** offer = [number, by, terms, binding, validUntil, irrevocable, hash, isFinal, partialFrom]. */
export const offerForm = (termsHash, offer) => encode([
  "market.offer.v1", termsHash, offer[0], offer[1], offer[3], offer[4], offer[5], offer[7] ?? false, offer[8] ?? null,
]);

export const dealForm = (market, negotiation, award = 1) => encode(["market.deal.v1", market, negotiation, award]);

/** The id of what an act creates. */
export async function derivedId(purpose, market, agent, message) {
  const hash = new DataView((await sha256(encode([purpose, market, agent, message]))).buffer);
  const id = Uint8Array.from(message);
  const view = new DataView(id.buffer);
  view.setUint16(6, 0x7000 | Number(hash.getBigUint64(0) & 0xfffn));
  view.setBigUint64(8, (2n << 62n) | (hash.getBigUint64(8) & ((1n << 62n) - 1n)));
  return id;
}

/** A key's JWK thumbprint (RFC 7638), which a receipt names its key by. */
export async function thumbprint(spki) {
  const { x, y } = await subtle.exportKey("jwk", await subtle.importKey("spki", spki, ecdsa, true, ["verify"]));
  const jwk = `{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`;
  return Buffer.from(await sha256(ascii.encode(jwk))).toString("base64url");
}

/**
 * Why a receipt proves nothing, or null where it does. `known`: market, its public keys, and of the deal whatever is
 * known by own computation: deal, termsHash, negotiation, total in minor units.
 */
export async function receiptFault([bytes, signature, keyId], known) {
  let key = null;
  for (const candidate of known.keys) if ((await thumbprint(candidate)) === keyId) key = candidate;
  if (key === null) return "KeyUnknown";
  if (signature.length !== 64) return "NotAReceipt";
  if (!(await verify(key, payloadOf("market.receipt.v1", known.market, bytes), signature))) return "SignatureWrong";
  const receipt = decode(bytes);
  if (!same(receipt[0], known.market)) return "OtherMarket";
  if (known.deal && !same(receipt[1], known.deal)) return "OtherDeal";
  if (known.termsHash && !same(receipt[2], known.termsHash)) return "OtherTerms";
  if (known.negotiation && !same(receipt[3], known.negotiation)) return "OtherDeal";
  return known.total !== undefined && BigInt(receipt[6][0]) !== BigInt(known.total) ? "OtherTerms" : null;
}

// --- Sections 1 and 3: frames and sessions -------------------------------------------------------------------------

/** What the market refused: its code decides what to do. */
export class Refused extends Error {
  constructor([code, name, explanation, retryAfter]) {
    super(`${code} ${name}: ${explanation}`);
    Object.assign(this, { code, name, retryAfter });
  }
}

/** The connection ended; whether what was asked is done is not known. */
export class Lost extends Error {}

export class Connection {
  /** Connects and proves the key. `onNotice(type, message)` gets events, in order. */
  static async open(url, key, onNotice) {
    const connection = new Connection(key, onNotice);
    await connection.#start(url);
    return connection;
  }

  #socket;
  #asked = new Map();
  #correlation = 0;
  #hello;
  #ended;

  constructor(key, onNotice) {
    this.key = key;
    this.onNotice = onNotice;
  }

  async #start(url) {
    this.#socket = new WebSocket(url, "market.v1.msgpack", { perMessageDeflate: false, maxPayload: 2 * 1024 * 1024 });
    const greeted = new Promise((resolve) => (this.#hello = resolve));
    const lost = new Promise((_, reject) => {
      this.#ended = (why) => {
        reject(new Lost(why));
        for (const { reject: fail } of this.#asked.values()) fail(new Lost(why));
        this.#asked.clear();
      };
    });
    lost.catch(() => {});
    this.#socket.on("message", (data, isBinary) => this.#take(data, isBinary));
    this.#socket.on("close", (code, reason) => this.#ended(`closed ${code} ${reason}`));
    this.#socket.on("error", (error) => this.#ended(error.message));
    const hello = await Promise.race([greeted, lost]);
    [this.market, this.marketName, this.version, this.nonce, this.at, this.receiptKey] = hello;
    if (this.version !== 1) throw new Error(`The market speaks version ${this.version}.`);
    const proof = await this.key.sign(payloadOf("market.session.v1", this.market, this.nonce));
    [, [this.agent, this.principal]] = await this.ask(2, [this.key.publicKey, proof]);
  }

  /** Asks; the answer as [type, message]. */
  ask(type, message) {
    return this.askBytes((correlation) => encode([type, correlation, message]));
  }

  /** Signs an act; the frame's payload, to be kept for a retry. */
  async sign(type, message) {
    const act = encode([type, message]);
    return [act, await this.key.sign(payloadOf("market.act.v1", this.market, act))];
  }

  askBytes(frameOf) {
    const correlation = ++this.#correlation;
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== WebSocket.OPEN) {
        reject(new Lost("not connected"));
        return;
      }

      this.#asked.set(correlation, { resolve, reject });
      this.#socket.send(frameOf(correlation));
    });
  }

  /** Cuts the connection, as a network would. */
  cut() {
    this.#socket.terminate();
  }

  close() {
    this.#socket.close(1000);
  }

  #take(data, isBinary) {
    if (!isBinary) throw new Error("The market sent text.");
    const [type, correlation, message] = decode(data);
    if (type === 1) this.#hello(message);
    else if (correlation === 0) this.onNotice(type, message);
    else {
      const asked = this.#asked.get(correlation);
      this.#asked.delete(correlation);
      if (type === 5) asked?.reject(new Refused(message));
      else asked?.resolve([type, message]);
    }
  }
}
