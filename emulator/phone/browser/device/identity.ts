/** Whose phone this is, and which one of theirs. */
export interface Identity {
  openid: string
  device: string
  /** Name of a model; the first one where it is unknown. */
  model: string | null
}

export function readIdentity(search: string): Identity {
  const query = new URLSearchParams(search)
  return {
    openid: query.get('openid') || 'oWechatUser-A',
    device: query.get('device') || '1',
    model: query.get('model'),
  }
}
