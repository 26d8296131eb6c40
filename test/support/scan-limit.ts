import type { CloudOptions } from 'wechat-cloud-emulator'

/**
 * The collections of tests are small, and those of a service are not: so a query that no index serves is refused. Another
 * number in `MAXIMUM_SCANNED_DOCUMENTS`, or none (`off`).
 */
export function scanLimit(): Pick<CloudOptions, 'maximumScannedDocuments'> {
  const text = process.env['MAXIMUM_SCANNED_DOCUMENTS'] ?? '100'
  if (text === 'off') return {}
  if (!/^\d+$/.test(text)) throw new Error(`MAXIMUM_SCANNED_DOCUMENTS=${text} is no number of documents`)
  return { maximumScannedDocuments: Number(text) }
}
