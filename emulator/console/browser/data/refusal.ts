/** Says in Chinese what the database has refused, before its own words. */
export function explainRefusal(message: string): string {
  const [, index] = /E11000.*?index: (\S+)/.exec(message) ?? []
  if (index) return `唯一索引 ${index} 里已有这个值，没有保存 · ${message}`
  if (message.includes('DATABASE_TRANSACTION_CONFLICT')) {
    return `一个没有结束的事务正占着这个文档，请稍后再试 · ${message}`
  }
  return message.replace(/^[\w/:.%-]+\/control\/\S+: /, '')
}
