import type { SourcePlace, ThrownError } from '../../../control/invocation.ts'
import './thrown-error.css'

/** What a function has thrown: message, the lines around the place, and the way there through the sources. */
export function ThrownErrorView({ thrown }: { thrown: ThrownError }) {
  const { name, message, places, excerpt } = thrown
  const [first] = places
  return (
    <div class="thrown">
      <p>
        <strong>{name}</strong>: {message}
      </p>
      {excerpt && first && (
        <figure>
          <figcaption>
            <code>{placeText(first)}</code>
          </figcaption>
          <pre>
            {excerpt.lines.map((line, index) => {
              const number = excerpt.firstLine + index
              return (
                <span key={number} class={number === first.line ? 'line here' : 'line'}>
                  <span class="line-number">
                    {number === first.line ? '>' : ' '}
                    {String(number).padStart(4)}
                  </span>{' '}
                  {line}
                  {'\n'}
                </span>
              )
            })}
          </pre>
        </figure>
      )}
      {places.length > 0 && (
        <ol>
          {places.map((place, index) => (
            <li key={index}>
              <code>{placeText(place)}</code>
              {place.functionName && <span class="faint"> {place.functionName}</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

const placeText = ({ file, line, column }: SourcePlace) => `${file}:${line}:${column}`
