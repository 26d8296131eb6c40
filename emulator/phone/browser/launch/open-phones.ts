/** A phone that some page of this browser shows. */
export interface OpenPhone {
  openid: string
  device: string
}

const PREFIX = 'phone-open/'

/** To be called by the page of a phone: the browser forgets it when the page closes. */
export function announcePhone({ openid, device }: OpenPhone): void {
  const name = `${PREFIX}${encodeURIComponent(openid)}/${encodeURIComponent(device)}`
  void navigator.locks.request(name, { mode: 'shared' }, () => new Promise(() => {}))
}

/** The phones that are open in this browser, in a frame or a tab of their own, each once. */
export async function listOpenPhones(): Promise<OpenPhone[]> {
  const { held = [] } = await navigator.locks.query()
  const names = new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name] : [])))
  return [...names].map((name) => {
    const [openid = '', device = ''] = name.slice(PREFIX.length).split('/')
    return { openid: decodeURIComponent(openid), device: decodeURIComponent(device) }
  })
}
