/** A variable of the functions: packaged from `.env`, or set in the cloud console, which goes first. */
export interface FunctionVariable {
  name: string
  /** Never printed. */
  isSecret: boolean
  /** Its values, for the terminal; absent for secrets, which `npm run secrets` writes. */
  values?: string
  /** Chinese and English. */
  meaning?: string
  isValid?: (value: string) => boolean
}

const isCount = (value: string) => /^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= 1000
const isOneOf = (...words: readonly string[]) => {
  return (value: string) => words.includes(value.trim().toLowerCase())
}

/** Every variable that the functions read. */
export const FUNCTION_VARIABLES: readonly FunctionVariable[] = [
  { name: 'LOGIN_SECRETS', isSecret: true },
  { name: 'INDEX_SECRET', isSecret: true },
  {
    name: 'PHONE_REQUIRED',
    isSecret: false,
    values: 'true（默认 default） | false',
    meaning: '账号必须有手机号 · accounts need a phone number',
    isValid: isOneOf('true', 'false'),
  },
  {
    name: 'PHONE_CODE_OPENID',
    isSecret: false,
    values: 'on（默认 default） | off',
    meaning:
      '换手机号时请微信核对 openid，日志出现 47001 时设为 off · WeChat compares the openid with the phone code; off if the log has 47001',
    isValid: isOneOf('on', 'off'),
  },
  {
    name: 'PHONE_BUDGET_PER_DAY',
    isSecret: false,
    values: '0–999999999（默认不限 default: no limit）',
    meaning:
      '一天最多付费的手机号授权次数，用完后不再索要手机号 · paid phone authorizations of a day; past them no number is asked for',
    isValid: (value) => /^\d{1,9}$/.test(value.trim()),
  },
  {
    name: 'LOGIN_LIMIT',
    isSecret: false,
    values: '1–1000（默认 default 30）',
    meaning: '每人三分钟内的登录次数 · logins of one person within three minutes',
    isValid: isCount,
  },
  {
    name: 'RATE_LIMITS',
    isSecret: false,
    values: 'update:100,export:50',
    meaning: '每人一小时内其他操作的次数 · other actions of one person within an hour',
    isValid: (value) =>
      value.split(',').every((entry) => {
        const [kind = '', count = '', ...more] = entry.trim().split(':')
        return /^\w+$/.test(kind) && isCount(count) && more.length === 0
      }),
  },
]

/** Those with values to choose. */
export const SETTINGS = FUNCTION_VARIABLES.filter(({ isSecret }) => !isSecret)
