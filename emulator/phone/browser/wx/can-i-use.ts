import { OPEN_TYPES } from '../components/button.ts'
import { COMPONENTS } from '../components/components.ts'
import type { WxApis } from './api.ts'
import { PARAMETERS, RESULTS } from './parameters.ts'

/** Values of attributes that accept only some. */
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  button: {
    'form-type': 'submit reset',
    'open-type': Object.keys(OPEN_TYPES).join(' '),
    size: 'default mini',
    type: 'primary default warn',
  },
  icon: { type: 'success success_no_circle info warn waiting cancel download search clear' },
  image: {
    mode: 'scaleToFill aspectFit aspectFill widthFix heightFix top bottom center left right top|left top|right bottom|left bottom|right',
  },
  input: {
    'confirm-type': 'send search next go done',
    type: 'text number idcard digit safe-password nickname',
  },
  navigator: {
    'open-type': 'navigate redirect switchTab reLaunch navigateBack exit',
    target: 'self miniProgram',
  },
  picker: { fields: 'year month day', mode: 'selector multiSelector time date region' },
  'scroll-view': { type: 'list' },
  text: { space: 'ensp emsp nbsp' },
  textarea: { 'confirm-type': 'send search next go done return' },
}

/** Events of components; their attributes have the prefix `bind`. */
const EVENTS: Readonly<Record<string, string>> = {
  button:
    'agreeprivacyauthorization chooseavatar contact error getphonenumber getrealtimephonenumber getuserinfo launchapp opensetting',
  'checkbox-group': 'change',
  form: 'reset submit',
  image: 'error load',
  input: 'blur confirm focus input nicknamereview',
  navigator: 'complete fail success',
  picker: 'cancel change columnchange',
  'picker-view': 'change',
  'radio-group': 'change',
  'scroll-view': 'scroll scrolltolower scrolltoupper',
  slider: 'change changing',
  swiper: 'animationfinish change',
  switch: 'change',
  textarea: 'blur confirm focus input',
}

const hasWord = (words: string | undefined, word: string) => words?.split(' ').includes(word) === true

/**
 * `wx.canIUse`: `api.method.parameter.option`, where the method is `return`, `success`, `object` or `callback`, or
 * `component.attribute.option`. True only for what the phone supports.
 */
export function canIUse(apis: WxApis, schema: string): boolean {
  const [name = '', ...rest] = schema.replace(/^wx\./, '').split('.')
  if (Object.hasOwn(COMPONENTS, name)) return canUseComponent(name as keyof typeof COMPONENTS, rest)
  if (!Object.hasOwn(apis, name)) return false
  const [method, parameter, option] = rest
  if (method === undefined) return true
  const api = apis[name]
  // `cloud.callFunction`, `env.USER_DATA_PATH`: a member, not a method.
  if (typeof api === 'object' && api !== null) return canIUse(api as WxApis, rest.join('.'))
  switch (method) {
    case 'object':
      return parameter === undefined || isOption(PARAMETERS[name], parameter, option)
    case 'success':
    case 'callback':
      return parameter === undefined || parameter === 'errMsg' || isOption(RESULTS[name], parameter, option)
    case 'return':
      return canReturn(name, api, [parameter, option])
    default:
      return false
  }
}

/** Calls the interface and looks for the field: interfaces named get… and create… change nothing. */
function canReturn(name: string, api: unknown, path: (string | undefined)[]): boolean {
  if (typeof api !== 'function') return false
  const fields = path.filter((field) => field !== undefined)
  if (fields.length === 0) return true
  if (!/^(get|create)/.test(name)) return false
  let value: unknown = api()
  for (const field of fields) {
    if (typeof value !== 'object' || value === null || !(field in value)) return false
    value = (value as Record<string, unknown>)[field]
  }
  return true
}

/** Whether a list such as `icon=success|error title` has a name, and that name an option. */
function isOption(list: string | undefined, name: string, option: string | undefined): boolean {
  if (['success', 'fail', 'complete'].includes(name)) return option === undefined
  const found = list?.split(' ').find((entry) => entry === name || entry.startsWith(`${name}=`))
  if (found === undefined || option === undefined) return found !== undefined
  return found
    .slice(name.length + 1)
    .split('|')
    .includes(option)
}

function canUseComponent(name: keyof typeof COMPONENTS, [attribute, option]: string[]): boolean {
  if (attribute === undefined) return true
  if (/^bind:?\w/.test(attribute)) {
    return option === undefined && hasWord(EVENTS[name], attribute.replace(/^bind:?/, ''))
  }
  const property = attribute.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  if (!Object.hasOwn(COMPONENTS[name].properties, property)) return false
  return option === undefined || hasWord(VALUES[name]?.[attribute], option)
}
