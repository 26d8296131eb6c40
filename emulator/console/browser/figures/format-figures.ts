/** Such as `¥1.23`. */
export const formatYuan = (yuan: number) => `¥${yuan.toFixed(2)}`

/** Such as `12 ms` or `1.2 s`; `—` for none. */
export function formatDuration(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '—'
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}
