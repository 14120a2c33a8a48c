// Encryption, all of it by the browser's own WebCrypto: drafts under the tablet's key, that key under a passphrase, a
// finished interview under the server's public key.

const BLOCK = 4096; // bytes; what is encrypted is filled up to a multiple, so that its length tells nothing
export const ROUNDS = 600_000; // of PBKDF2-HMAC-SHA-256; see docs/tablet.md for what was measured
const CODE_ROUNDS = 100_000; // of the withdrawal code, as docs/api.md fixes it
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const AES = { name: "AES-GCM", length: 256 };

export const encode = (text) => new TextEncoder().encode(text);
const decode = (bytes) => new TextDecoder().decode(bytes);
export const random = (size) => crypto.getRandomValues(new Uint8Array(size));
export const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const hashed = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));

export function base64url(buffer) {
  let binary = "";
  for (const byte of new Uint8Array(buffer)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function fromBase64url(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

/** JSON as bytes, with spaces to the next whole block. */
function filled(value) {
  const bytes = encode(JSON.stringify(value));
  const whole = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK).fill(0x20);
  whole.set(bytes);
  return whole;
}

/** {iv, bytes}; `about` is bound to it, so that nothing encrypted can take the place of something else. */
export async function encrypted(key, about, value) {
  const iv = random(12);
  const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encode(about) }, key, filled(value));
  return { iv, bytes };
}

export async function decrypted(key, about, { iv, bytes }) {
  return JSON.parse(decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: encode(about) }, key, bytes)));
}

/** A new data key, as it is kept: {salt, rounds, iv, wrapped}. */
export async function newWrappedKey(passphrase) {
  const [salt, iv] = [random(16), random(12)];
  const key = await crypto.subtle.generateKey(AES, true, ["encrypt", "decrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", key, await passphraseKey(passphrase, salt, ROUNDS), { name: "AES-GCM", iv });
  return { salt, rounds: ROUNDS, iv, wrapped };
}

/** The data key, which no script can read out; null for a wrong passphrase. */
export async function unwrappedKey({ salt, rounds, iv, wrapped }, passphrase) {
  const above = await passphraseKey(passphrase, salt, rounds);
  return crypto.subtle.unwrapKey("raw", wrapped, above, { name: "AES-GCM", iv }, AES, false, ["encrypt", "decrypt"]).catch(() => null);
}

async function passphraseKey(passphrase, salt, iterations) {
  const material = await crypto.subtle.importKey("raw", encode(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, material, AES, false, ["wrapKey", "unwrapKey"]);
}

/** The envelope that only the server can open. `server` is {key, public} as it was fetched. */
export async function sealedTo(server, id, body) {
  const point = fromBase64url(server.public);
  if ((await hashed(point)).slice(0, 16) !== server.key) throw new Error("The server's key is damaged.");
  const mine = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const theirs = await crypto.subtle.importKey("raw", point, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine.privateKey, 256);
  const about = `mapper sealed 1|${server.key}|${id}`;
  const { iv, bytes } = await encrypted(await sharedKey(shared, encode(about)), about, body);
  const epk = await crypto.subtle.exportKey("raw", mine.publicKey);
  return { sealed: 1, id, key: server.key, epk: base64url(epk), iv: base64url(iv), ciphertext: base64url(bytes) };
}

async function sharedKey(shared, info) {
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info }, material, AES, false, ["encrypt"]);
}

const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford: no I, L, O, U

/** A code for the person to withdraw with: three groups of four. */
export function newCode() {
  const signs = [...random(12)].map((byte) => SIGNS[byte % 32]).join("");
  return signs.match(/.{4}/g).join("-");
}

/** What the server is told of the code: enough to know it again, not enough to say it. */
export async function verifierOf(code, id) {
  const material = await crypto.subtle.importKey("raw", encode(code.replaceAll("-", "")), "PBKDF2", false, ["deriveBits"]);
  return hex(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: encode(id), iterations: CODE_ROUNDS }, material, 256));
}
