import { useEffect, useState } from 'preact/hooks'
import { listOpenPhones, type OpenPhone } from '../../../phone/browser/launch/open-phones.ts'
import { onPhonesChange } from '../frame/phones'

/** The browser does not say when a phone opens or closes in another tab. */
const EVERY_MILLISECONDS = 1500

/** The phones that this browser shows now, here and in other tabs. */
export function useOpenPhones(): readonly OpenPhone[] {
  const [phones, setPhones] = useState<readonly OpenPhone[]>([])
  useEffect(() => {
    const look = () =>
      void listOpenPhones().then((found) =>
        setPhones((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found)),
      )
    look()
    const timer = setInterval(look, EVERY_MILLISECONDS)
    const stop = onPhonesChange(look)
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [])
  return phones
}
