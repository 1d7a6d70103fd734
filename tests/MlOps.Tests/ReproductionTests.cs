using System.Diagnostics;
using System.Runtime.InteropServices;
using MlOps.Data;
using MlOps.Tracking;

namespace MlOps.Tests;

/// <summary>A program in a repository of its own, built and run as a user does, and then run again by the SDK.</summary>
public sealed class ReproductionTests : IDisposable
{
    private const string Program = """
        using System.Globalization;
        using MlOps;
        using MlOps.Data;
        using MlOps.Tracking;

        await using var workspace = Workspace.Open(args[0]);
        var seeds = new Dictionary<string, long> { ["weights"] = 7 };
        await using var run = await workspace.Tracking.StartRunAsync("tiny", new RunOptions { Seeds = seeds });
        var version = await workspace.Data.FindAsync("numbers@1");
        run.LogInput("training", version!);
        var numbers = await workspace.Data.Open(version!).ReadNumbersAsync("x");
        var rate = double.Parse(File.ReadAllText("rate.txt"), CultureInfo.InvariantCulture) + Extra.Rate;
        run.LogParameter("rate", rate);
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("TINY_SEED") ?? "7", CultureInfo.InvariantCulture));
        for (var step = 0; step < 100; step++)
        {
            run.LogMetric("loss", numbers.Average() * Math.Pow(rate, step) + random.NextDouble(), step);
        }

        await run.LogTextAsync("model.txt", random.NextDouble().ToString("R", CultureInfo.InvariantCulture));
        Console.WriteLine("trained in " + workspace.Folder);
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-tiny-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly))
        {
            file.IsReadOnly = false;
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_run_is_reproduced_to_the_last_bit_and_another_seed_is_told_by_its_results()
    {
        var code = _folder.CreateSubdirectory("code").FullName;
        var home = _folder.CreateSubdirectory("home").FullName;
        await WriteProgramAsync(code);
        await using var workspace = Workspace.Open(home);
        await workspace.Data.AddAsync("numbers", Numbers(1.5, 2.5, 4), cancellationToken: Token);
        await RunAsync(code, "dotnet", "run", "--project", "Tiny", "--", home);
        var original = Assert.Single((await workspace.Tracking.SearchRunsAsync(cancellationToken: Token)).Runs).Id;

        // What was not committed is gone, and the data has moved on.
        await RunAsync(code, "git", "checkout", "--quiet", "--", ".");
        await RunAsync(code, "git", "clean", "--quiet", "--force", "-d");
        await workspace.Data.AddAsync("numbers", Numbers(9.5), cancellationToken: Token);

        var same = await workspace.ReproduceAsync(original, cancellationToken: Token);

        Assert.True(same.Verdict == ReproductionVerdict.BitEqual, $"{same}\n{same.Output}");
        Assert.Equal("0.75", same.Reproduced.Parameters["rate"]);
        Assert.Equal(100, (await workspace.Tracking.GetMetricHistoryAsync(original, "loss", cancellationToken: Token)).Count);
        Assert.Contains("mlops-reproduce-", same.Output, StringComparison.Ordinal);
        Assert.Single((await workspace.Tracking.SearchRunsAsync(cancellationToken: Token)).Runs);
        Assert.Contains("MlOps.Tracking", same.Original.Snapshot.Packages.Keys);

        var other = await workspace.ReproduceAsync(
            original, new ReproductionOptions { Environment = new Dictionary<string, string?> { ["TINY_SEED"] = "8" } }, Token);

        Assert.Equal(ReproductionVerdict.Different, other.Verdict);
        Assert.Equal(["Metric loss", "Artifact model.txt"], other.Differences.Select(difference => $"{difference.Kind} {difference.Name}"));
        Assert.StartsWith("100 of 100 points, first at step 0", other.Differences[0].Detail, StringComparison.Ordinal);
    }

    private static Dataset Numbers(params double[] numbers) =>
        Dataset.FromEnumerable("numbers", numbers, columns => columns.Column("x", number => number));

    private static async Task WriteProgramAsync(string code)
    {
        var assemblies = AppContext.BaseDirectory;
        var names = new[] { "MlOps", "Microsoft.Data", "Microsoft.Extensions", "SQLitePCLRaw", "Apache", "K4os", "ZstdSharp", "dbup" };
        var references = string.Join(';', names.Select(name => $"{assemblies}{name}*.dll"));
        var native = Path.Combine(assemblies, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        Directory.CreateDirectory(Path.Combine(code, "Tiny"));
        await File.WriteAllTextAsync(
            Path.Combine(code, "Tiny", "Tiny.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{references}" Exclude="{assemblies}*.Tests.dll" />
                <None Include="{native}/*" Link="%(Filename)%(Extension)" CopyToOutputDirectory="Always" />
              </ItemGroup>
            </Project>
            """,
            Token);
        await File.WriteAllTextAsync(Path.Combine(code, "Tiny", "Program.cs"), Program, Token);
        await File.WriteAllTextAsync(Path.Combine(code, "rate.txt"), "0.5", Token);
        await File.WriteAllTextAsync(Path.Combine(code, ".gitignore"), "bin/\nobj/\n", Token);
        await RunAsync(code, "git", "init", "--quiet");
        await RunAsync(code, "git", "add", "--all", "--force", "--", ".gitignore", "rate.txt", "Tiny");
        await RunAsync(code, "git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "first");
        await File.WriteAllTextAsync(Path.Combine(code, "rate.txt"), "0.25", Token);
        var extra = Path.Combine(code, "Tiny", "Extra.cs");
        await File.WriteAllTextAsync(extra, "static class Extra { public const double Rate = 0.5; }", Token);
    }

    private static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}\n{await error}");
    }
}
