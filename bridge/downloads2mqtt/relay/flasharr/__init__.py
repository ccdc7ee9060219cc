"""The words of Flasharr's page: its live messages at `/api/ws`, and the requests it makes at `/api/downloads`.

Shapes as its own backend serialises them (duytran1406/flasharr, backend/src/downloader/task.rs, stats.rs and
api/downloads.rs), used as its page uses them (frontend/src/lib/stores/downloads.svelte.ts).
"""
