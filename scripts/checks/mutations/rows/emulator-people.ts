import type { Mutation } from '../mutation.ts'
import { rowsBelow } from '../mutation.ts'

const CONTROL = 'emulator/cloud/control/control.test.ts'
const FIGURES = 'emulator/cloud/figures/figures.test.ts'
const PEOPLE = 'emulator/console/test/people.test.ts'
const WECHAT = 'emulator/phone/test/wechat.test.ts'
const LAUNCH_FIELDS = 'emulator/phone/launch/launch-fields.test.ts'

/** WeChat accounts, launches and figures. */
export const PEOPLE_GUARDS: readonly Mutation[] = rowsBelow('emulator/')(
  [
    'an account keeps its nickname when it is used',
    'cloud/openapi/wechat-users.ts',
    'nickname: nickname ?? known?.nickname',
    'nickname',
    CONTROL,
    'an account keeps its nickname and picture',
  ],
  [
    'a picture of an account is no address of another site',
    'cloud/control/wechat-routes.ts',
    '/^(data:image\\/(png|jpeg|webp);base64,[\\w+/=]+)?$/',
    '/./',
    CONTROL,
    'a picture of another site',
  ],
  [
    'a refused call is no login',
    'cloud/figures/figures.ts',
    'refusal === undefined ? loginKindOf(call, this.#settings) : undefined',
    'loginKindOf(call, this.#settings)',
    FIGURES,
    'counts logins by kind',
  ],
  [
    'a number that is only shown costs nothing',
    'phone/browser/device/control.ts',
    "await this.asPhone('PUT', `users/${encodeURIComponent(openid)}`, {})",
    'await this.phoneCode(openid, false)',
    WECHAT,
    'and costs nothing',
  ],
  [
    'a value cannot end the query of a launch',
    'phone/launch/launch-fields.ts',
    'text.replace(/[?&#]/g, encodeURIComponent)',
    'text',
    LAUNCH_FIELDS,
    'with values that would end the query',
  ],
  [
    'a deleted account leaves nothing on its phones',
    'console/browser/frame/phones.ts',
    'if (key.startsWith(prefix)) localStorage.removeItem(key)',
    'key.startsWith(prefix)',
    PEOPLE,
    'deletes an account with its phones',
  ],
)
