/** Initial parameters of a test call. */
export interface Template {
  name: string
  text: string
}

const admin = (fields: object) => ({ ...fields, token: '' })

/** By function. `token` comes from `npm run admin -- token`. */
const TEMPLATES: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  admin: {
    按手机号查找: admin({ action: 'find', phone: '13800138000' }),
    按用户查找: admin({ action: 'find', userId: '' }),
    查看号码: admin({ action: 'reveal', userId: '', reason: '' }),
    停用: admin({ action: 'disable', userId: '', reason: '' }),
    启用: admin({ action: 'enable', userId: '', reason: '' }),
    统计: admin({ action: 'stats' }),
  },
}

/** Templates of a function. The first one is shown by default. */
export function templatesOf(functionName: string): Template[] {
  return Object.entries(TEMPLATES[functionName] ?? {}).map(([name, event]) => ({
    name,
    text: JSON.stringify(event, null, 2),
  }))
}
