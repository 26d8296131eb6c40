import { useEffect, useState } from 'preact/hooks'
import { listen } from './live'
import { Notice } from './notice'

/** Mistakes in the sources that were just saved; what runs is the last good build. */
export function SourceErrors() {
  const [errors, setErrors] = useState<string[]>([])
  useEffect(() => {
    const load = () => fetch('/errors.json').then(async (response) => setErrors(await response.json()))
    load()
    return listen((topics) => {
      if (topics.includes('code')) load()
    })
  }, [])
  if (errors.length === 0) return null
  return (
    <Notice>
      <strong>源码有错误，正在运行上一次构建成功的版本：</strong>
      <pre>{errors.join('\n')}</pre>
    </Notice>
  )
}
