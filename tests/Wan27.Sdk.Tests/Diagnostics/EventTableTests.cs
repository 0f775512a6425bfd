using System.Reflection;
using Microsoft.Extensions.Logging;
using Wan27.Sdk.Diagnostics;

namespace Wan27.Sdk.Tests.Diagnostics;

public class EventTableTests
{
    // Alerts and queries depend on these: add new ones, and do not change existing ones.
    private const string Kept = """
        100 Submitting: Debug
        101 Submitted: Information
        102 SubmissionFailed: Warning
        103 SubmissionCanceled: Information
        104 OutcomeUnclear: Warning
        105 Searching: Debug
        106 OutcomeFound: Information
        107 OutcomeUnknown: Error
        108 SubmissionResumed: Information
        109 JournalNotWritten: Warning
        110 SubmissionContent: Debug
        111 SubmissionQueued: Information
        112 RunningNotRead: Debug
        200 Waiting: Debug
        201 Polled: Debug
        202 StatusChanged: Information
        203 PollFailed: Warning
        204 GenerationCompleted: Information
        205 GenerationFailed: Warning
        206 WaitGivenUp: Warning
        207 WaitCanceled: Information
        300 Downloading: Debug
        301 DownloadMended: Warning
        302 DownloadRestarted: Warning
        303 Downloaded: Information
        304 DownloadFailed: Warning
        305 DownloadLeft: Information
        400 Sending: Trace
        401 Answered: Debug
        402 AnswerHeaders: Trace
        403 Unanswered: Debug
        404 Retrying: Information
        405 AnswerContent: Trace
        406 ProgressFailed: Warning
        """;

    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Event)> Events =>
        from method in typeof(WanLog).GetMethods()
        let reported = method.GetCustomAttribute<LoggerMessageAttribute>()
        where reported is not null
        orderby reported.EventId
        select (method, reported);

    [Fact]
    public void Events_keep_their_ids_names_and_levels() => Assert.Equal(
        Kept.Split('\n').Select(line => line.TrimEnd()),
        Events.Select(one => $"{one.Event.EventId} {one.Event.EventName ?? one.Method.Name}: {one.Event.Level}"));

    [Fact]
    public void Every_parameter_of_an_event_is_in_its_message() => Assert.All(
        Events.SelectMany(one => one.Method.GetParameters().Skip(1).Select(parameter => (one.Event.Message, parameter))),
        one => Assert.True(
            one.parameter.ParameterType == typeof(Exception) || one.Message.Contains($"{{{one.parameter.Name}", StringComparison.OrdinalIgnoreCase), one.ToString()));
}
