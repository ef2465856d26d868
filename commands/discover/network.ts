import { BlockList } from "node:net";

/** Addresses that no request from the internet can come from. @see RFC 6890 */
const unroutable = new BlockList();
for (const [address, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["224.0.0.0", 3],
] as const) {
  unroutable.addSubnet(address, prefix);
}

/** The widest network that `redpanda_cidr` takes: of each range above it is inside or outside. */
const widest = 16;

const pattern =
  /^((?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3})(?:\/(3[0-2]|[12]?\d))?$/;

/**
 * An address such as `3.139.175.89`, or a network such as `3.139.175.80/28`, as a network whose host
 * bits are zero: `3.139.175.89/32`. Or what is wrong with it, as the end of a sentence.
 */
export function publicNetwork(text: string): { network: string } | { problem: string } {
  const [, address, length = "32"] = pattern.exec(text) ?? [];
  if (!address) return { problem: "must be an IPv4 address, with or without a prefix length" };
  const prefix = Number(length);
  if (prefix < widest) return { problem: `is ${text}, and must be /${widest} or smaller` };
  if (unroutable.check(address)) {
    return { problem: `is ${text}, and must be public: no pipeline comes from there` };
  }
  const bits = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - prefix);
  const first = bits - (bits % size);
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return { network: `${octets.join(".")}/${prefix}` };
}
