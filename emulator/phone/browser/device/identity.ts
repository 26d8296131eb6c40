/** The WeChat user of the phone, and which of the user's devices it is. */
export interface Identity {
  openid: string
  device: string
  /** Name of a model; an unknown name means the first model. */
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
