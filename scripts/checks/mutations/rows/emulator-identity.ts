import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const rows = rowsBelow('emulator/cloud/')
const FUNCTIONS = 'emulator/cloud/functions/functions.test.ts'
const OPENAPI = 'emulator/cloud/openapi/openapi.test.ts'
const MASKING = 'emulator/cloud/masking/masking.test.ts'
const REDACT = 'emulator/cloud/redact.test.ts'

/** Who calls a function, and what WeChat vouches for. */
export const IDENTITY_GUARDS: readonly Mutation[] = [
  ...rows(
    [
      'a timer’s call has no openid',
      'functions/environment.ts',
      'caller.openid === undefined ? {} : { WX_OPENID: caller.openid }',
      "caller.openid === undefined ? { WX_OPENID: 'o' } : { WX_OPENID: caller.openid }",
      FUNCTIONS,
      'has no person in the console',
    ],
    [
      'the console’s test has no context of WeChat',
      'functions/environment.ts',
      "caller.source === 'console' ? {} : wechatContext(caller, token)",
      'wechatContext(caller, token)',
      FUNCTIONS,
      'has no person in the console',
    ],
    [
      'a function called by a function does not learn the person',
      'wire/sdk-endpoint.ts',
      'const caller = { source, appid:',
      'const caller = { ...invocation?.caller, source, appid:',
      FUNCTIONS,
      'learns who called in between, but not the person',
    ],
    [
      'nothing of this machine reaches a function',
      'functions/environment.ts',
      "    PATH: process.env['PATH'] ?? '',\n",
      '    ...(process.env as Record<string, string>),\n',
      FUNCTIONS,
      'nothing of the machine',
    ],
    [
      'open data is said to be some',
      'functions/environment.ts',
      'WX_OPEN_DATA_INFO: JSON',
      'WX_OTHER: JSON',
      OPENAPI,
      'the phone button gives a cloudID',
    ],
    [
      'a phone code counts once',
      'openapi/phone-codes.ts',
      '!known || known.used || ',
      '!known || ',
      OPENAPI,
      'exchanged once however many',
    ],
    [
      'a phone code is over after five minutes',
      'openapi/phone-codes.ts',
      ' || this.#hasExpired(known)) return invalidCode',
      ') return invalidCode',
      OPENAPI,
      'a phone code is good for five minutes',
    ],
    [
      'a phone code is of one mini-program',
      'openapi/phone-codes.ts',
      "if (known.appid !== appid) return { ok: false, errcode: 40013, errmsg: 'invalid appid' }",
      '',
      OPENAPI,
      'of another mini-program',
    ],
    [
      'a phone code is of one person',
      'openapi/phone-codes.ts',
      'if (openid !== undefined && openid !== known.openid) return invalidCode',
      '',
      OPENAPI,
      'refused with another openid',
    ],
    [
      'a cloudID is over after five minutes',
      'openapi/cloud-ids.ts',
      'issued && this.#clock.now() < issued.issuedAt + LIMITS.phoneNumber.codeSeconds * 1000',
      'issued !== undefined',
      OPENAPI,
      'open data is found by its cloudID',
    ],
    [
      'an openapi needs the permission of its function',
      'openapi/openapi.ts',
      'permissions && !permissions.includes(apiName)',
      'false',
      OPENAPI,
      'an api its config.json does not name',
    ],
    [
      'fields of secrets are not logged',
      'masking/secret-fields.ts',
      'SECRET_FIELD.test(name) && !STATUS_CODE_FIELD.test(name)',
      'false',
      REDACT,
      'hides what is secret',
    ],
    [
      'tokens in texts are not logged',
      'masking/mask-text.ts',
      '.replace(WEB_TOKEN, HIDDEN)',
      '',
      REDACT,
      'hides numbers and tokens',
    ],
    [
      'numbers in texts are not logged',
      'masking/mask-text.ts',
      ".replace(MOBILE_NUMBER, '$1****$2')",
      '',
      REDACT,
      'hides what is secret',
    ],
    [
      'fields of numbers are not logged, however they are written',
      'redact.ts',
      'isPhoneField(name) ? maskNumber(value)',
      'isPhoneField(name) ? value',
      REDACT,
      'hides numbers and tokens',
    ],
    [
      'a function’s log shows no code that the cloud has given out',
      'masking/call-mask.ts',
      'this.#known.isSecret(word) ? HIDDEN : word',
      'word',
      MASKING,
      'masks what a function logs',
    ],
    [
      'a function’s log shows no secret of its variables',
      'masking/call-mask.ts',
      'new Set([...values, ...variableSecrets(variables)])',
      'new Set(values)',
      MASKING,
      'masks what a function logs',
    ],
    [
      'texts that a function throws are masked',
      'call-log.ts',
      'errMsg: mask.longText(error.errMsg)',
      'errMsg: error.errMsg',
      MASKING,
      'masks what a function throws',
    ],
  ),
]
