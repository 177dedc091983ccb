import { app, nameOf } from '../state/workspace'

const tones = 6

/** A person's initial on a tone of their own; the app's mark is its four cells. */
export const Avatar = ({ user, size = 36 }: { user: string; size?: number }) => {
  if (user === app.value.id)
    return (
      <svg class="avatar avatar-app" width={size} height={size} viewBox="0 0 36 36" aria-hidden="true">
        <rect width="36" height="36" rx="8" />
        <path d="M10 10h7v7h-7zM19 10h7v7h-7zM10 19h7v7h-7z" />
        <path class="avatar-open" d="M19.75 19.75h5.5v5.5h-5.5z" />
      </svg>
    )
  const name = nameOf(user)
  const tone = Array.from(user, (sign) => sign.charCodeAt(0)).reduce((sum, code) => sum + code, 0) % tones
  return (
    <span
      class={`avatar avatar-${tone}`}
      style={{ width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.42}px` }}
      aria-hidden="true"
    >
      {name.slice(0, 1).toUpperCase()}
    </span>
  )
}
