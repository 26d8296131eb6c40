import { useEffect, useMemo, useState } from 'preact/hooks'
import { CARD_SCENES, createSharedCards, groupSceneOf } from '../../../phone/browser/device/cards.ts'
import { LaunchHistory } from '../../../phone/browser/launch/launch-history.ts'
import type { Launch } from '../../../phone/launch/launch.ts'
import { LINK_NAMES, LINK_SCENES, MESSAGE_SCENE, sceneText } from '../../../phone/launch/scenes.ts'
import { useLive } from '../frame/live'

interface LaunchListProps {
  onOpen: (launch: Launch) => void
  /** Copies the launch into the form. */
  onFillIn: (launch: Launch) => void
}

/** Launches that are there already: of earlier, from cards, messages, and codes and links of functions. */
export function LaunchList({ onOpen, onFillIn }: LaunchListProps) {
  const { data: links } = useLive('launch-links', 'messages', 'machine')
  const { data: messages } = useLive('messages', 'messages', 'machine')
  const cards = useMemo(createSharedCards, [])
  const history = useMemo(() => new LaunchHistory(), [])
  const [, redraw] = useState({})
  useEffect(() => {
    const stops = [cards, history].map((list) => list.onChange(() => redraw({})))
    return () => {
      for (const stop of stops) stop()
    }
  }, [cards, history])
  const items = [
    ...(links?.links ?? []).map(({ kind, page }) => item(LINK_NAMES[kind], page, LINK_SCENES[kind])),
    ...cards.list().map(({ kind, title, path }) => item(`卡片 ${title}`, path, CARD_SCENES[kind])),
    ...cards
      .list()
      .filter(({ kind }) => kind === 'message')
      .map((card) => item(`群聊里的卡片 ${card.title}`, card.path, groupSceneOf(card))),
    ...(messages?.messages ?? []).map(({ templateId, page }) =>
      item(`订阅消息 ${templateId}`, page.replace(/^\//, ''), MESSAGE_SCENE),
    ),
    ...history.list().map(({ page, scene }) => item('最近的启动', page, scene)),
  ]
  const unique = [
    ...new Map(items.map((each) => [`${each.launch.scene} ${each.launch.page}`, each])).values(),
  ]
  if (unique.length === 0) return null
  return (
    <table class="launch-list">
      <caption>可以打开的卡片、码、消息和最近的启动</caption>
      <thead>
        <tr>
          <th scope="col">来自</th>
          <th scope="col">页面</th>
          <th scope="col">场景</th>
          <th scope="col">操作</th>
        </tr>
      </thead>
      <tbody>
        {unique.map(({ source, launch }) => (
          <tr key={`${launch.scene} ${launch.page}`}>
            <td>{source}</td>
            <td>
              <code>{launch.page === '' ? '首页' : launch.page}</code>
            </td>
            <td>{sceneText(launch.scene)}</td>
            <td>
              <button type="button" onClick={() => onOpen(launch)}>
                打开
              </button>{' '}
              <button type="button" onClick={() => onFillIn(launch)}>
                填入上面
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const item = (source: string, page: string, scene: number) => ({ source, launch: { page, scene } })
