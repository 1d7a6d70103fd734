using System.Globalization;

namespace MlOps.Fuzz;

/// <summary>What the command line asks for.</summary>
internal sealed record FuzzOptions
{
    public long Inputs { get; init; } = long.MaxValue;

    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(10);

    public int Seed { get; init; } = 1;

    /// <summary>Where a run goes on that was ended by an input.</summary>
    public long From { get; init; }

    public string? Only { get; init; }

    /// <summary>Whether this process reads the inputs; else it watches over one that does.</summary>
    public bool IsWorker { get; init; }

    public static FuzzOptions Parse(string[] arguments)
    {
        var options = new FuzzOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            options = arguments[i] switch
            {
                "--inputs" => options with { Inputs = long.Parse(value, CultureInfo.InvariantCulture), Time = TimeSpan.FromHours(2) },
                "--seconds" => options with { Time = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture)) },
                "--seed" => options with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
                "--from" => options with { From = long.Parse(value, CultureInfo.InvariantCulture) },
                "--only" => options with { Only = value },
                "--worker" => options with { IsWorker = true },
                _ => throw new ArgumentException($"'{arguments[i]}' is none of --inputs N, --seconds S, --seed X, --only TARGET."),
            };
            i += arguments[i] == "--worker" ? 0 : 1;
        }

        return options;
    }

    public IEnumerable<string> ToArguments()
    {
        List<string> arguments = ["--worker", "--inputs", Text(Inputs), "--seconds", Time.TotalSeconds.ToString(CultureInfo.InvariantCulture), "--seed", Text(Seed), "--from", Text(From)];
        return Only is null ? arguments : arguments.Concat(["--only", Only]);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
