extension WidgetScript {
    /// Files that the visitor attaches.
    static let attachments = #"""
        // ---------------------------------------------------------------------------------------------------------------
        // Files.

        let chosen = [];

        function showFiles() {
          view.files.replaceChildren(...chosen.map(file => {
            const remove = part('button', { type: 'button', 'aria-label': words.remove(file.name) }, '✕');
            remove.addEventListener('click', () => {
              chosen = chosen.filter(other => other !== file);
              showFiles();
              view.text.focus();
            });
            return make('li', make('span', file.kept ? file.name : `${file.name}, ${words.sending}`), remove);
          }));
          view.files.hidden = !chosen.length;
        }

        async function choose(c, source) {
          if (source.size > team.files.limit) return failed(c, words.tooLarge(Math.floor(team.files.limit / (1 << 20))));
          const file = { name: source.name, kept: null };
          chosen.push(file);
          showFiles();
          try {
            const { status, body } = await call(c, `files?name=${encodeURIComponent(source.name.slice(0, 200))}`, {
              method: 'POST', body: source, headers: { 'Content-Type': 'application/octet-stream' },
            });
            if (status !== 201) throw new Error(body?.message ?? words.unkept);
            file.kept = body;
            worked(c);
          } catch (error) {
            chosen = chosen.filter(other => other !== file);
            failed(c, error?.name === 'Error' ? error.message : words.unkept);
          }
          showFiles();
        }

        if (team.files) {
          view.attach.hidden = false;
          view.picker.accept = team.files.endings.join(',');
          view.attach.addEventListener('click', () => view.picker.click());
          view.picker.addEventListener('change', () => {
            for (const file of [...view.picker.files].slice(0, 5 - chosen.length)) choose(conversation, file);
            view.picker.value = '';
          });
        }

        """#
}
