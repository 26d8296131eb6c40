import { Fragment } from 'preact'

/** An identifier that may go on in the next line after one of its separators, and nowhere else. */
export function Breakable({ text }: { text: string }) {
  const parts = text.split(/(?<=[._/:])(?=[^._/:])/)
  return (
    <>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  )
}
