// Reads MessagePack values from standard input, one a line, in hexadecimal. For each it prints what @msgpack/msgpack
// makes of it, in a notation without ambiguity, then a tab, then the same value as that library writes it.
import { createInterface } from "node:readline";
import { decode, encode } from "@msgpack/msgpack";

// 64-bit integers are BigInt, so that none loses digits; those below 2^32 are numbers and get their shortest form.
const options = { useBigInt64: true };

const hex = (bytes) => Buffer.from(bytes).toString("hex").toUpperCase();

function describe(value) {
  if (value === null) return "nil";
  if (Array.isArray(value)) return `[${value.map(describe).join(" ")}]`;
  if (value instanceof Uint8Array) return `x${hex(value)}`;
  if (typeof value === "string") return `s${hex(Buffer.from(value, "utf8"))}`;
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    const bits = Buffer.alloc(8);
    bits.writeDoubleBE(value);
    return `f${hex(bits)}`;
  }
  return String(value);
}

for await (const line of createInterface({ input: process.stdin })) {
  const value = decode(Buffer.from(line, "hex"), options);
  console.log(`${describe(value)}\t${hex(encode(value, options))}`);
}
