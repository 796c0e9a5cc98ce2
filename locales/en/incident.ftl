### The words that recur in incident reports. No engine ever translates them.

## Headings

heading-summary = Summary
heading-executive-summary = Executive summary
heading-incident-summary = Incident summary
heading-incident-report = Incident report
heading-overview = Overview
heading-introduction = Introduction
heading-background = Background
heading-description = Description
heading-details = Details
heading-symptoms = Symptoms
heading-what-happened = What happened
heading-what-happened-question = What happened?
heading-why-it-happened = Why it happened
heading-why-it-happened-question = Why did it happen?

heading-timeline = Timeline
heading-duration = Duration
heading-start-time = Start time
heading-end-time = End time
heading-date = Date

heading-impact = Impact
heading-customer-impact = Customer impact
heading-scope = Scope
heading-severity = Severity
heading-affected-services = Affected services
heading-affected-components = Affected components
heading-affected-regions = Affected regions
heading-affected-customers = Affected customers

heading-root-cause = Root cause
heading-root-causes = Root causes
heading-root-cause-analysis = Root cause analysis
heading-cause = Cause
heading-contributing-factors = Contributing factors
heading-trigger = Trigger
heading-detection = Detection
heading-diagnosis = Diagnosis
heading-investigation = Investigation

heading-response = Response
heading-resolution = Resolution
heading-remediation = Remediation
heading-remediation-items = Remediation items
heading-corrective-actions = Corrective actions
heading-preventive-actions = Preventive actions
heading-mitigation = Mitigation
heading-recovery = Recovery
heading-workaround = Workaround
heading-prevention = Prevention

heading-lessons-learned = Lessons learned
heading-what-went-well = What went well
heading-what-went-well-question = What went well?
heading-what-went-wrong = What went wrong
heading-what-went-wrong-question = What went wrong?
heading-where-we-got-lucky = Where we got lucky
heading-what-we-are-doing = What we are doing
heading-action-items = Action items
heading-next-steps = Next steps
heading-follow-up = Follow-up
heading-conclusion = Conclusion

heading-post-mortem = Post-mortem
heading-update = Update
heading-updates = Updates
heading-status = Status
heading-current-status = Current status
heading-maintenance = Maintenance
heading-scheduled-maintenance = Scheduled maintenance
heading-note = Note
heading-notes = Notes
heading-references = References
heading-appendix = Appendix
heading-more-information = For more information

## Status words, of an incident or a maintenance

status-investigating = Investigating
status-identified = Identified
status-monitoring = Monitoring
status-resolved = Resolved
status-postmortem = Post-mortem
status-scheduled = Scheduled
status-in-progress = In progress
status-verifying = Verifying
status-completed = Completed
status-update = Update

## Impact words: what stands after “Impact:”

impact-none = None
impact-minor = Minor
impact-major = Major
impact-critical = Critical
impact-maintenance = Maintenance

## Remarks that stand alone

remark-thanks = Thanks
remark-down = Down
remark-back-up = Back up

## Labels of alerts in a report: `> [!WARNING]`

alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution

## Labels that are no headings, and the values behind labels: lower case, but for names

label-affected = Affected
label-priority = Priority

# What values agree with, by the label's message: `feminine` or `masculine`, where the language tells them apart
label-agreement =
    { $label ->
       *[other] none
    }

value-none =
    { $agreement ->
       *[masculine] none
    }
value-all =
    { $agreement ->
       *[masculine] all
    }
value-all-customers = all customers
value-all-regions = all regions
value-all-services = all services
value-all-users = all users
value-critical =
    { $agreement ->
       *[masculine] critical
    }
value-high =
    { $agreement ->
       *[masculine] high
    }
value-low =
    { $agreement ->
       *[masculine] low
    }
value-major = major
value-medium =
    { $agreement ->
       *[masculine] medium
    }
value-minor = minor
value-moderate =
    { $agreement ->
       *[masculine] moderate
    }
value-ongoing = ongoing
value-unknown =
    { $agreement ->
       *[masculine] unknown
    }
