import {
  createCipheriv,
  createHash,
  generateKeyPairSync,
  getHashes,
  hkdfSync,
  randomUUID,
  scryptSync,
  sign,
  verify,
} from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { type Question, question } from '../../core/question.ts'

const area = 'runtime'

const crypto = (what: string, ask: () => unknown): Question =>
  question(`runtime.crypto-${what}`, { area, settles: ['runtime-crypto'], ask })

const language = (what: string, ask: () => unknown): Question =>
  question(`runtime.language-${what}`, { area, settles: ['runtime-languages'], ask })

const DAY = Date.UTC(2024, 1, 29, 16)

/** Cryptography, languages and packed data. */
export const LIBRARY_QUESTIONS: readonly Question[] = [
  crypto('sha-256', () => createHash('sha256').update('a').digest('base64').slice(0, 8)),
  crypto('md5', () => createHash('md5').update('a').digest('base64').slice(0, 8)),
  crypto('sm3', () => getHashes().includes('sm3')),
  crypto('aes-256-gcm', () => {
    const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12))
    return cipher.update('a', 'utf8', 'hex') + cipher.final('hex')
  }),
  crypto('scrypt', () => scryptSync('a', 'salt', 16).toString('base64').slice(0, 8)),
  crypto('hkdf', () =>
    Buffer.from(hkdfSync('sha256', 'a', 'salt', 'info', 16))
      .toString('base64')
      .slice(0, 8),
  ),
  crypto('ed25519', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    return verify(null, Buffer.from('a'), publicKey, sign(null, Buffer.from('a'), privateKey))
  }),
  crypto('random-uuid', () => randomUUID().length),
  language('date-in-chinese', () =>
    new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'Asia/Shanghai' }).format(DAY),
  ),
  language('week-day-in-chinese', () =>
    new Intl.DateTimeFormat('zh-CN', { weekday: 'long', timeZone: 'Asia/Shanghai' }).format(DAY),
  ),
  language('order-of-chinese', () => ['中', '阿', '北'].sort(new Intl.Collator('zh-CN').compare)),
  language('order-without-a-language', () => ['中', '阿', '北', 'a', 'B'].sort()),
  language('number-in-chinese', () =>
    new Intl.NumberFormat('zh-CN', { style: 'currency', currency: 'CNY' }).format(1234.5),
  ),
  language('list-in-chinese', () => new Intl.ListFormat('zh-CN').format(['a', 'b', 'c'])),
  language('words-of-chinese', () =>
    [...new Intl.Segmenter('zh-CN', { granularity: 'word' }).segment('你好世界')].map(
      ({ segment }) => segment,
    ),
  ),
  language('upper-case-in-turkish', () => 'i'.toLocaleUpperCase('tr')),
  language('normal-form', () => 'é'.normalize('NFC').length),
  language('text-of-gbk', () => new TextDecoder('gbk').decode(Buffer.from([0xc4, 0xe3]))),
  question('runtime.packing-brotli', {
    area,
    settles: ['runtime-version'],
    ask: () => brotliDecompressSync(brotliCompressSync('a')).toString(),
  }),
  question('runtime.packing-gzip', {
    area,
    settles: ['runtime-version'],
    ask: () => gunzipSync(gzipSync('a')).toString(),
  }),
]
