"""The addresses of the pages, below /en/ and /fr/."""

from django.urls import path

from parvis.web.accounts.urls import urlpatterns as accounts
from parvis.web.assessing import keeping
from parvis.web.assessing import views as assessing
from parvis.web.assessing.single import single
from parvis.web.client import answering, held, rating, views
from parvis.web.cohorts import views as cohorts
from parvis.web.components.views import components
from parvis.web.figures import kept_views as kept
from parvis.web.figures import support_views as support
from parvis.web.figures import views as figures
from parvis.web.keys import views as keys
from parvis.web.lines import staff as staff_lines
from parvis.web.lines import views as lines
from parvis.web.mandates import clients
from parvis.web.mandates import views as mandates
from parvis.web.notices import unreached
from parvis.web.notices import views as notices
from parvis.web.public import views as public
from parvis.web.support import articles, asking, desk, helped, own, queues, said
from parvis.web.webhooks import views as webhooks

# The first that fits is taken: what is asked for most stands first.
urlpatterns = [
    path("applications/<str:number>/", views.application, name="application"),
    path("applications/", views.applications, name="applications"),
    path("", public.home, name="home"),
    path("status/", public.service_status, name="service_status"),
    path("processing-times/", public.processing_times, name="processing_times"),
    path("find/", assessing.start, name="find"),
    path("find/next/", assessing.go_on, name="find_next"),
    path("find/questions/<str:code>/", assessing.question, name="find_question"),
    path("find/answers/", assessing.answers, name="find_answers"),
    path("find/forget/", assessing.forget, name="find_forget"),
    path("find/results/", assessing.results, name="find_results"),
    path("find/results/<str:code>/", assessing.offer, name="find_offer"),
    path("find/keep/", keeping.keep, name="find_keep"),
    path("assessments/<str:code>/", single, name="assess"),
    path("account/answers/", keeping.kept_answers, name="account_answers"),
    path("account/answers/take/", keeping.take, name="account_answers_take"),
    path("account/answers/remove/", keeping.remove, name="account_answers_remove"),
    path("account/answers/answers.json", keeping.download, name="account_answers_file"),
    path("figures/", figures.standards, name="figures"),
    path("figures/backlog/", figures.backlog, name="figures_backlog"),
    path("figures/dates/", kept.kept_dates, name="figures_dates"),
    path("figures/dates/files/", kept.kept_files, name="figures_dates_files"),
    path("figures/dates/files.csv", kept.kept_files_table, name="figures_dates_files_table"),
    path("figures/files/", figures.files, name="figures_files"),
    path("figures/files.csv", figures.files_table, name="figures_files_table"),
    path("figures/support/", support.support, name="figures_support"),
    path("figures/support/figures.csv", support.support_table, name="figures_support_table"),
    path("figures/support/lines/<slug:line>/", support.support_line, name="figures_support_line"),
    path(
        "figures/support/lines/<slug:line>/days.csv",
        support.support_line_table,
        name="figures_support_line_table",
    ),
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/give/", mandates.give, name="mandate_give"),
    path("mandates/<int:id_>/", mandates.mandate, name="mandate"),
    path("mandates/<int:id_>/accept/", mandates.accept, name="mandate_accept"),
    path("mandates/<int:id_>/decline/", mandates.decline, name="mandate_decline"),
    path("mandates/<int:id_>/end/", mandates.end, name="mandate_end"),
    path("messages/<str:sealed>/", notices.message, name="message"),
    path("account/notices/", notices.ways, name="account_notices"),
    path("account/notices/number/", notices.number, name="account_number"),
    path("unreached/", unreached.listed, name="unreached"),
    path("unreached/<int:user>/", unreached.repair, name="unreached_repair"),
    path("clients/", clients.clients, name="clients"),
    path("clients/files.csv", clients.clients_table, name="clients_table"),
    path("keys/", keys.keys, name="keys"),
    path("keys/add/", keys.add, name="key_add"),
    path("keys/<int:key_id>/revoke/", keys.revoke, name="key_revoke"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/add/", webhooks.add, name="webhook_add"),
    path("webhooks/<int:webhook>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:webhook>/again/", webhooks.again, name="webhook_again"),
    path("webhooks/<int:webhook>/secret/", webhooks.secret, name="webhook_secret"),
    path("webhooks/<int:webhook>/stop/", webhooks.stop, name="webhook_stop"),
    path("lines/", lines.lines, name="lines"),
    path("lines/<str:code>/", lines.line, name="line"),
    path("support/lines/", staff_lines.lines, name="staff_lines"),
    path("support/lines/open/", staff_lines.open_, name="line_open"),
    path("support/lines/<str:code>/", staff_lines.line, name="staff_line"),
    path("support/lines/<str:code>/change/", staff_lines.change, name="line_change"),
    path("support/lines/<str:code>/agents/", staff_lines.staff, name="line_staff"),
    path("support/lines/<str:code>/agents/return/", staff_lines.send_back, name="line_return"),
    path("support/lines/<str:code>/close/", staff_lines.close, name="line_close"),
    path("doors/", cohorts.doors, name="doors"),
    path("doors/open/", cohorts.open_door, name="door_open"),
    path("doors/<int:cohort>/raise/", cohorts.raise_share, name="door_raise"),
    path("doors/<int:cohort>/stop/", cohorts.stop, name="door_stop"),
    path("enquiries/new/", asking.new, name="ask"),
    path("enquiries/answered/", asking.answered, name="ask_answered"),
    path("enquiries/helped/<str:sealed>/", helped.helped, name="helped"),
    path("enquiries/", own.questions, name="questions"),
    path("enquiries/<str:enquiry>/", own.question, name="question"),
    path("enquiries/<str:enquiry>/write/", own.write, name="question_write"),
    path("support/", desk.mine, name="support"),
    path("support/next/", desk.next_one, name="support_next"),
    path("support/queues/", queues.queues_now, name="support_queues"),
    path("support/said/", said.said, name="support_said"),
    path("support/documents/<int:attachment>/", desk.attached, name="enquiry_document"),
    path("support/articles/", articles.articles, name="articles"),
    path("support/articles/<str:code>/", articles.article, name="article"),
    path("support/enquiries/<str:enquiry>/", desk.desk, name="enquiry"),
    path("support/enquiries/<str:enquiry>/<str:act>/", desk.act, name="enquiry_act"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("signed-out/", public.signed_out, name="signed_out"),
    path("components/", components, name="components"),
    path("applications/<str:number>/answer/<str:document>/", answering.answer, name="answer"),
    path("applications/<str:number>/answer/<str:document>/easy/", rating.rate, name="rate"),
    path("applications/<str:number>/file/", held.whole_file, name="file"),
    path("applications/<str:number>/file/accesses/", held.accesses, name="file_accesses"),
    path("applications/<str:number>/file/archive/", held.take_along, name="file_archive"),
    path("applications/<str:number>/documents/<int:id_>/", answering.document, name="document"),
    *accounts,
]
