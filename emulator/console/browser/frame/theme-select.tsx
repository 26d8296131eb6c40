import { useEffect } from 'preact/hooks'
import { useRemembered } from './remembered'

const THEMES = [
  { id: 'system', name: '系统' },
  { id: 'light', name: '浅色' },
  { id: 'dark', name: '深色' },
] as const

type Theme = (typeof THEMES)[number]['id']

const themeOf = (stored: unknown): Theme => THEMES.find(({ id }) => id === stored)?.id ?? 'system'

/** Light, dark or as the system is. Remembered. */
export function ThemeSelect() {
  const [theme, setTheme] = useRemembered('console.theme', themeOf)
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  return (
    <label class="theme">
      <span class="visually-hidden">外观 Theme</span>
      <select value={theme} onChange={(event) => setTheme(themeOf(event.currentTarget.value))}>
        {THEMES.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
