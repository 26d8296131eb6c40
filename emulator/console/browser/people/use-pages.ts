import { useEffect, useState } from 'preact/hooks'
import { listen } from '../frame/live'

/** Paths of the pages of app.json, the entry page first. */
export function usePages(): readonly string[] {
  const [pages, setPages] = useState<readonly string[]>([])
  useEffect(() => {
    const load = () =>
      void fetch('/phone/pages.json')
        .then((response) => response.json())
        .then(setPages, () => {})
    load()
    return listen((topics) => topics.includes('code') && load())
  }, [])
  return pages
}
