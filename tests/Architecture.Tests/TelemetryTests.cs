using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Architecture.Tests;

public sealed class TelemetryTests
{
    private const BindingFlags Fields = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "telemetry.md"));

    [Fact]
    public void The_page_lists_the_instruments_that_the_packages_create()
    {
        var found = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (IsOurs(instrument.Meter.Name))
            {
                found.Add($"{instrument.Meter.Name} {instrument.Name} {KindOf(instrument)} {instrument.Unit}");
            }
        };
        CreateAll(typeof(Meter));
        listener.Start();

        Assert.NotEmpty(found);
        Assert.Equal(found.Distinct().Order(StringComparer.Ordinal), Rows("## Instruments").Select(row => string.Join(' ', row[..4])).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_lists_the_activity_sources_that_the_packages_create()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        CreateAll(typeof(ActivitySource));
        using var listener = new ActivityListener
        {
            ShouldListenTo = source =>
            {
                if (IsOurs(source.Name))
                {
                    found.Add(source.Name);
                }

                return false;
            },
        };
        ActivitySource.AddActivityListener(listener);

        Assert.NotEmpty(found);
        Assert.Equal(found.Order(StringComparer.Ordinal), Rows("## Activities").Select(row => row[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_says_which_package_it_comes_from() =>
        Assert.All(
            Rows("## Instruments"),
            row => Assert.True(
                SdkAssemblies.Names.Contains(row[0]) && row[1].StartsWith("mlops.", StringComparison.Ordinal), $"{row[0]} {row[1]}"));

    private static bool IsOurs(string name) => name.StartsWith("MlOps", StringComparison.Ordinal);

    private static string KindOf(Instrument instrument)
    {
        var name = instrument.GetType().Name;
        return name[..name.IndexOf('`', StringComparison.Ordinal)] switch
        {
            "Counter" or "ObservableCounter" => "counter",
            "UpDownCounter" or "ObservableUpDownCounter" => "up-down counter",
            "Gauge" or "ObservableGauge" => "gauge",
            "Histogram" => "histogram",
            var other => other,
        };
    }

    // Makes what holds meters or sources, in static fields or in its own; those are created without the application that would do it.
    private static void CreateAll(Type held)
    {
        foreach (var type in SdkAssemblies.Types.Where(type => !type.ContainsGenericParameters))
        {
            var fields = type.GetFields(Fields).Where(field => field.FieldType == held).ToList();
            if (fields.Any(field => field.IsStatic))
            {
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            }

            if (fields.Any(field => !field.IsStatic))
            {
                Assert.NotNull(Activator.CreateInstance(type, nonPublic: true));
            }
        }
    }

    private static IEnumerable<string[]> Rows(string heading)
    {
        var start = Page.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(start >= 0, heading);
        var end = Page.IndexOf("\n## ", start + heading.Length, StringComparison.Ordinal);
        return Page[start..(end < 0 ? Page.Length : end)].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray());
    }
}
