import { useEffect, useState } from 'preact/hooks'
import type { SourceFindings } from '../../../control/source-findings.ts'
import { listen } from './live'
import { Notice } from './notice'

/** Errors and notes of the saved sources, and notes of the cloud on them. The last successful build keeps running. */
export function SourceFindingsView() {
  const [{ errors, notes }, setFindings] = useState<SourceFindings>({ errors: [], notes: [] })
  useEffect(() => {
    const load = () => fetch('/findings.json').then(async (response) => setFindings(await response.json()))
    load()
    return listen((topics) => {
      if (topics.includes('code') || topics.includes('notes')) load()
    })
  }, [])
  return (
    <>
      {errors.length > 0 && (
        <Notice>
          <strong>源码有错误，正在运行上一次构建成功的版本：</strong>
          <pre>{errors.join('\n')}</pre>
        </Notice>
      )}
      {notes.length > 0 && (
        <details class="source-notes">
          <summary>项目有 {notes.length} 条提示</summary>
          <pre>{notes.join('\n')}</pre>
        </details>
      )}
    </>
  )
}
