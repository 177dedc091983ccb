import { announced, dismiss, notices } from '../state/notices'
import { Icon } from '../ui/Icon'

/** What Slack or the sandbox itself says, and the live region for those who listen. */
export const Notices = () => (
  <>
    <div class="notices" role="status">
      {notices.value.map((notice) => (
        <div key={notice.id} class="notice">
          <Icon name="info" />
          <span>{notice.text}</span>
          <button type="button" class="close" aria-label="Dismiss" onClick={() => dismiss(notice.id)}>
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
    </div>
    <div class="unseen" role="log" aria-live="polite" aria-label="New messages">
      {announced.value}
    </div>
  </>
)
