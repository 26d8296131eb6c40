import { useState } from 'preact/hooks'
import { control } from '../frame/api'
import { useAction } from '../frame/notice'

interface CopiedState {
  isCopying: boolean
  isCopied: boolean
  /** Why the test does not pass as it is, in lines. */
  problem: readonly string[]
  error: string | undefined
  copy: () => void
}

/** Copies a call as the text of a test, which is tried before. */
export function useCopiedTest(requestId: string): CopiedState {
  const { error, run } = useAction()
  const [isCopying, setCopying] = useState(false)
  const [problem, setProblem] = useState<readonly string[]>()
  const copy = async () => {
    setCopying(true)
    setProblem(undefined)
    await run(async () => {
      const test = control('POST', `calls/${requestId}/test`)
      const text = test.then((made) => new Blob([made.text], { type: 'text/plain' }))
      // A promise, because browsers let a page write only shortly after a click.
      await Promise.all([navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]), test])
      setProblem((await test).problem)
    })
    setCopying(false)
  }
  return { isCopying, isCopied: problem !== undefined, problem: problem ?? [], error, copy }
}
