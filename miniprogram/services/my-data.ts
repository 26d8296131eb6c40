import type { ExportAccountData } from '../../contract/account'
import { minuteInDigits } from '../utils/day'
import { TEXTS } from '../utils/texts'

/** Everything that is kept about the user, the number in clear. */
export type MyData = ExportAccountData

/** One line of what is kept: what it is and what it says. */
export interface Row {
  name: string
  value: string
}

/** What is kept, in words. Of what there may be much, how much; the number apart, since it is shown only when asked for. */
export interface MyDataView {
  account: Row[]
  amounts: (Row & { hint: string })[]
}

export function viewMyData({ account, sessions, collections, records }: MyData): MyDataView {
  const texts = TEXTS.myData
  const names: { readonly [name: string]: string | undefined } = texts.collections
  const amount = (name: string, list: readonly unknown[], hint: string) => ({
    name,
    value: `${list.length} ${texts.count}`,
    hint,
  })
  return {
    account: [
      { name: texts.nickname, value: account.nickname || texts.noNickname },
      { name: texts.avatar, value: account.avatar === '' ? texts.noAvatar : texts.hasAvatar },
      { name: texts.id, value: account.id },
      { name: texts.openid, value: account.openid },
      ...(account.unionid === undefined ? [] : [{ name: texts.unionid, value: account.unionid }]),
      { name: texts.consent, value: `${account.consent.version}（${minuteInDigits(account.consent.at)}）` },
      { name: texts.createdAt, value: minuteInDigits(account.createdAt) },
      { name: texts.lastLoginAt, value: minuteInDigits(account.lastLoginAt) },
      { name: texts.loginCount, value: String(account.loginCount) },
    ],
    amounts: [
      ...Object.entries(collections).map(([name, list]) =>
        amount(names[name] ?? name, list, texts.collectionsHint),
      ),
      amount(texts.sessions, sessions, texts.sessionsHint),
      amount(texts.records, records, texts.recordsHint),
    ],
  }
}
