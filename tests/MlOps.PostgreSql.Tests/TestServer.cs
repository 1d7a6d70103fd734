using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MlOps.PostgreSql.Tests;

/// <summary>The PostgreSQL server that the tests use, or a reason why they are skipped.</summary>
internal static class TestServer
{
    private const string Variable = "MLOPS_TEST_POSTGRES";

    /// <summary>How the given server is reached; skips the test where there is none, and fails it on a build server.</summary>
    public static string ConnectionString
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            {
                return given;
            }

            Missing($"No PostgreSQL server: set {Variable} to a connection string, for one to what 'eng/postgres.sh start FOLDER' prints.");
            return "";
        }
    }

    /// <summary>Runs <c>eng/postgres.sh</c>, for servers that a test kills; gives what it printed.</summary>
    public static async Task<string> RunScriptAsync(string command, string folder, [CallerFilePath] string here = "")
    {
        var script = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "eng", "postgres.sh");
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, ArgumentList = { script, command, folder } };
        using var process = Process.Start(start)!;

        // To the end of the first line alone: a server that was started may hold on to the pipe.
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (process.ExitCode == 3)
        {
            Missing("PostgreSQL's programs, with which a test starts a server that it kills, are not on this machine.");
        }

        Assert.Equal(0, process.ExitCode);
        return line ?? "";
    }

    private static void Missing(string reason)
    {
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.Skip(reason);
    }
}
