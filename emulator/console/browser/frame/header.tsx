import { ConditionsBadge } from './conditions-badge'
import { useConnected } from './live'
import { type SectionId, SHOWN_SECTIONS } from './route'
import { Shortcuts } from './shortcuts'
import { ThemeSelect } from './theme-select'
import './header.css'

/** What every view has above it: the views, the conditions that are not usual, and the console's own settings. */
export function Header({ section }: { section: SectionId }) {
  const isConnected = useConnected()
  return (
    <header class="header">
      <div class="title">
        <h1>
          本机云开发 <small lang="en">Cloud console</small>
        </h1>
        <ConditionsBadge />
        <span class="space" />
        <ThemeSelect />
        <Shortcuts />
      </div>
      <nav aria-label="控制台">
        {SHOWN_SECTIONS.map(({ id, name, english }) => (
          <a key={id} href={`#${id}`} title={english} aria-current={id === section ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <p class="connection" role="status">
        {isConnected ? '' : '云环境已断开，正在重新连接…'}
      </p>
    </header>
  )
}
