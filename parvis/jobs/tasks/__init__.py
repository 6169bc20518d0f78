"""The jobs that workers do, by name. Importing this makes them known (PROCRASTINATE_IMPORT_PATHS).

Each is done at least once: a worker may die after the effect and before the job is marked done. So
each may be done again without harm, and says how it counts where that shows outside.
"""

from parvis.jobs.tasks import enquiries, house, notices, support, webhooks

__all__ = ["enquiries", "house", "notices", "support", "webhooks"]
