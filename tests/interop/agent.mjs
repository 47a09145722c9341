// An agent that knows a market by docs/wire.md alone: it registers, buys or sells over several turns of signed offers,
// loses its connection in the middle and resumes, settles, and believes its receipt only after verifying it.
//   node agent.mjs buyer|seller ws://host:port/ws NAME [forged]
// It prints one JSON object a line; the last has "event": "settled". With "forged" it changes a bit of the receipt as
// it arrives, as a market or somebody between that lies would: then it must end with an error.
import {
  Connection, Key, Lost, Refused, currency, dealForm, derivedId, encode, hex, millisecondsOf, offerForm, payloadOf,
  receiptFault, same, seconds, sha256, termsForm, uuid7,
} from "./market-wire.mjs";

const [role, url, name, forged] = process.argv.slice(2);
const [buyer, seller] = [1, 2];
const side = role === "buyer" ? buyer : seller;
const usd = currency("USD", 2);
const say = (event, more = {}) => console.log(JSON.stringify({ event, ...more }));

const key = await Key.create();
const seen = new Set();
const waiting = [];
const events = [];
let cursor = new Uint8Array(0);
let clock = 0;
let connection;

/** Section 6: at least once, in order; the cursor is that of the last event dealt with. */
function onNotice(type, message) {
  if (type === 5) throw new Refused(message);
  if (type !== 300) return; // others are no negotiation's
  const [at, seq, event] = message;
  const id = `${hex(event[1][1])}/${seq}`;
  cursor = at;
  if (seen.has(id)) return;
  seen.add(id);
  events.push({ seq, type: event[0], event: event[1] });
  waiting.splice(0).forEach((wake) => wake());
}

async function connect() {
  for (let delay = 50; ; delay = Math.min(2 * delay, 5_000)) {
    try {
      connection = await Connection.open(url, key, onNotice);
      clock = millisecondsOf(connection.at) - Date.now();
      if (connection.agent !== null) await connection.ask(108, [cursor]);
      return;
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay * (0.5 + Math.random() / 2)));
    }
  }
}

/** Sends the same bytes until there is an answer (section 5). */
async function perform(type, message) {
  for (let connected = true; ; connected = false) {
    try {
      if (!connected) await connect();
      return (await connection.ask(type, message))[1];
    } catch (error) {
      const again = error instanceof Lost || [3006, 3007, 3010].includes(error.code);
      if (!again) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const messageId = () => uuid7(Date.now() + clock);
const signed = async (type, act) => perform(6, await connection.sign(type, act));

async function refusalOf(work) {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

/** Events from the first on, then those to come. */
async function* follow() {
  for (let at = 0; ; at++) {
    while (at >= events.length) await new Promise((resolve) => waiting.push(resolve));
    yield events[at];
  }
}

async function first(wanted) {
  for await (const event of follow()) if (wanted(event)) return event;
  throw new Error("Events never end.");
}

/** A firm offer over price and delivery days, for ten minutes. */
const firm = (price, days) => [[[price, days], price, []], 2, seconds(600)];

/** A principal signs for its agent; the buyer is its own principal. */
async function enrolment(profile) {
  const principal = side === buyer ? key : await Key.create();
  const at = BigInt(connection.at);
  const document = encode([await sha256(key.publicKey), profile, at - seconds(60), at + seconds(86_400)]);
  const signature = await principal.sign(payloadOf("market.enrolment.v1", connection.market, document));
  return [document, principal.publicKey, signature];
}

async function register() {
  await connect();
  const profile = [name, name, side, ["Interoperability tests", "scripted:javascript", "1", true]];
  const [agent] = await perform(100, [profile, await enrolment(profile)]);
  connection.agent = agent;
  await connection.ask(108, [cursor]);
  say("registered", { agent: agent[0], principal: agent[1] });
  return agent[0];
}

async function find() {
  for (;;) {
    const [listings] = await perform(103, ["espresso machine", "machines", [], []]);
    if (listings.length > 0) return listings[0];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function open(agent) {
  const [request] = await perform(102, [messageId(), ["An espresso machine", "For four people.", 1]]);
  const listing = await find();
  const message = messageId();
  const opening = [
    message, listing[0], listing[1], [[0, 1]], request[0], null, 1, 12, seconds(600), firm(50_00, 2),
  ];
  const [negotiation] = await signed(104, opening);
  if (!same(negotiation, await derivedId("negotiation", connection.market, agent, message))) {
    throw new Error("The negotiation's id does not follow from the act.");
  }

  return negotiation;
}

async function publish() {
  const issues = [
    ["unit price", 1, 10_00, 99_00, 1, []],
    ["delivery days", 4, 1, 10, 1, []],
  ];
  const draft = [
    "Espresso machine", "machines", "Brews strong coffee.", [["machine", 99_00]], [], usd, issues, [0, 5], 10,
  ];
  const [listing] = await perform(101, [messageId(), draft]);
  say("published", { listing: hex(listing[0]) });
  return (await first(({ type }) => type === 400)).event[1];
}

/** Takes turns until one side accepts: counteroffers twice, the first of them through a lost connection. */
async function bargain(negotiation) {
  let price = side === buyer ? 50_00 : 95_00;
  let offers = 0;
  let subject;
  let standing;
  for await (const { seq, type, event } of follow()) {
    if (!same(event[1], negotiation)) continue;
    if (type === 400) subject = event[6];
    if (type === 405) return { subject, standing, accepted: event };
    const offer = type === 400 ? event[8] : type === 402 ? event[3] : null;
    if (offer === null) continue;
    standing = offer;
    const termsHash = await sha256(termsForm(connection.market, negotiation, subject, offer[2]));
    if (!same(await sha256(offerForm(termsHash, offer)), offer[6])) throw new Error("An offer's hash is wrong.");
    if (offer[1] === side) continue;
    const asked = Number(offer[2][0][0]);
    if (offers >= 2 && (side === buyer ? asked <= 80_00 : asked >= 60_00)) {
      await accept(negotiation, seq, offer);
    } else {
      price += side === buyer ? 10_00 : -10_00;
      await counter(negotiation, seq, price, offers++ === 0);
    }
  }

  throw new Error("Events never end.");
}

async function counter(negotiation, seq, price, loseConnection) {
  const frame = await connection.sign(110, [messageId(), negotiation, seq, firm(price, 3)]);
  if (loseConnection) {
    // The answer, if any, is lost with the connection: whoever asks again with the same bytes learns it.
    const lost = connection.ask(6, frame).catch(() => {});
    connection.cut();
    await lost;
    await connect();
    say("resumed", { events: events.length });
  }

  const [, at] = await perform(6, frame);
  const [, again] = await perform(6, frame);
  if (at !== again) throw new Error("The same act had two answers.");
  say("offered", { price, seq: Number(at) });
}

async function accept(negotiation, seq, offer) {
  const act = [messageId(), negotiation, seq, offer[0], offer[6], null];
  const bare = await refusalOf(perform(111, [messageId(), ...act.slice(1)]));
  const [bytes, signature] = await connection.sign(111, act);
  const broken = await refusalOf(perform(6, [bytes, Uint8Array.from(signature, (b, i) => (i === 40 ? b ^ 1 : b))]));
  await perform(6, [bytes, signature]);
  const other = await refusalOf(signed(111, [act[0], negotiation, seq, offer[0], offer[6], 1]));
  say("accepted", { offer: Number(offer[0]), bare, broken, other });
}

const agent = await register();
const negotiation = side === buyer ? await open(agent) : await publish();
const { subject, standing, accepted } = await bargain(negotiation);
const terms = standing[2];
const deal = await sha256(dealForm(connection.market, negotiation));
const termsHash = await sha256(termsForm(connection.market, negotiation, subject, terms));
if (!same(deal, accepted[5]) || !same(termsHash, accepted[6])) throw new Error("The deal is not what was followed.");
const end = await first((e) => same(e.event[1], negotiation) && (e.type === 410 || e.type === 411));
if (end.type === 411) throw new Error(`The deal was not settled: ${end.event[3]}`);

const known = {
  market: connection.market, keys: [connection.receiptKey], deal, termsHash, negotiation, total: terms[1],
};
const receipt = end.event[3];
if (forged) receipt[0][receipt[0].length - 3] ^= 1; // one of the parties
const fault = await receiptFault(receipt, known);
if (fault !== null) throw new Error(`The receipt proves nothing: ${fault}`);
const tampered = [];
for (const part of [0, 1]) {
  for (let i = 0; i < receipt[part].length; i++) {
    const changed = receipt.map((value) => (typeof value === "string" ? value : Uint8Array.from(value)));
    changed[part][i] ^= 1;
    tampered.push(await receiptFault(changed, known));
  }
}

say("settled", {
  negotiation: hex(negotiation), deal: hex(deal), total: Number(terms[1]), events: events.length,
  receipt: { bytes: hex(receipt[0]), signature: hex(receipt[1]), keyId: receipt[2] },
  tampered: tampered.length, believed: tampered.filter((verdict) => verdict === null).length,
});
connection.close();
