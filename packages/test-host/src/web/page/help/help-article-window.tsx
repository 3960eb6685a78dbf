import { Button } from '../common/button.js';
import { WindowButtons } from '../windows/window-buttons.js';
import { Window } from '../windows/window.js';
import { findArticle } from './articles.js';

export function HelpArticleWindow({ title, onClose }: { title: string; onClose: () => void }) {
  const article = findArticle(title);
  return (
    <Window title={article.title} size="medium" onClose={onClose}>
      <div className="window-body article">
        {article.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <WindowButtons>
        <Button onPress={onClose}>Close</Button>
      </WindowButtons>
    </Window>
  );
}
