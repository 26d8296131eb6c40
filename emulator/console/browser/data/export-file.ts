import type { ControlBody } from '../../../control/route-types.ts'
import { saveFile } from '../frame/save-file'

type ExportRequest = ControlBody<'POST collections/:name/export'>

/** Saves documents as a file of the browser. @throws Error with the cloud's own words */
export async function exportFile(collection: string, body: ExportRequest): Promise<void> {
  const response = await fetch(`/control/collections/${encodeURIComponent(collection)}/export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(String((await response.json()).error ?? response.status))
  saveFile(`${collection}.${body.format}`, await response.blob())
}
