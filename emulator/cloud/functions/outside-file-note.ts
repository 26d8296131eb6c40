import { readFileSync } from 'node:fs'
import type { Note } from '../../control/note.ts'
import { lineOf } from './settings/json-file.ts'

/** A function that requires a file outside its folder works here, and not once it is uploaded. */
export function outsideFileNote(functionName: string, request: string, requiredBy: string | undefined): Note {
  const message = `云函数 ${functionName} 引用了目录以外的 ${request}，上传后会找不到 · ${request} is outside the function's folder and is not uploaded with it`
  if (requiredBy === undefined) return { message }
  const line = lineOf(textOf(requiredBy), request)
  return { message, file: requiredBy, ...(line === undefined ? {} : { line }) }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
