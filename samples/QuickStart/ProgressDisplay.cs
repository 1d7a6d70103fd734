using Spectre.Console;

namespace QuickStart;

/// <summary>What is seen while the program works: a moving bar on a terminal, plain lines elsewhere.</summary>
internal sealed class ProgressDisplay
{
    private readonly bool _interactive = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;

    /// <summary>Announces a step of the loop.</summary>
    public void Step(int number, string title)
    {
        if (_interactive)
        {
            AnsiConsole.Write(new Rule($"[bold]{number}[/] {Markup.Escape(title)}").LeftJustified());
        }
        else
        {
            Console.WriteLine($"{Environment.NewLine}[{number}] {title}");
        }
    }

    /// <summary>A line that stays.</summary>
    public void Line(string text) => Console.WriteLine(text);

    /// <summary>Walks through days; <paramref name="work"/> tells of events by the line writer that it gets.</summary>
    public async Task WalkAsync(DateTimeOffset from, DateTimeOffset to, Func<DateTimeOffset, Action<string>, Task> work)
    {
        if (!_interactive)
        {
            for (var day = from; day < to; day = day.AddDays(1))
            {
                if (day == from || day.Day == 1)
                {
                    Line($"    {day:MMMM yyyy} …");
                }

                await work(day, Line);
            }

            return;
        }

        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("flights arrive", maxValue: (to - from).TotalDays);
                for (var day = from; day < to; day = day.AddDays(1))
                {
                    bar.Description = $"{day:d MMMM}";
                    await work(day, text => AnsiConsole.MarkupLineInterpolated($"{text}"));
                    bar.Increment(1);
                }
            });
    }
}
