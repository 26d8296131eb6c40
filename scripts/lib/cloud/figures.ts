import type { CloudOptions } from 'wechat-cloud-emulator'

/** What the figures of the local console count as logins, and how they tell them apart. */
export const FIGURES = {
  logins: {
    function: 'login',
    kinds: { 手机号: 'phoneCode', 凭据: 'ticket', 无手机号: 'withoutPhone' },
    otherwise: '静默',
  },
} satisfies CloudOptions['figures']
